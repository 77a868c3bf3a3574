"""The network of the demo that asks a question of every kind, and who has answered them, in three languages."""

import datetime as dt
from functools import partial
from typing import Any

from portal.accounts.demo import Cast
from portal.ground import clock
from portal.membership import queries, services
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.questions.demo import build, value_of


def load(cast: Cast, network: Network, told: dict[str, Any]) -> None:
    """Its questions with all their words, and the applications."""
    add = partial(services.add_question, network, by=cast.people["administrator"])
    build(told["question"], add, partial(queries.questions_of, network.id))
    for entry in told["application"]:
        _application(cast, network, entry)


def _application(cast: Cast, network: Network, entry: dict[str, Any]) -> None:
    asked = queries.questions_of(network.id)
    values = {one.id: value_of(one, given) for one, given in zip(asked, entry["answers"], strict=True)}
    with clock.frozen(clock.now() - dt.timedelta(days=3)):
        services.apply(
            network, organisation_id=cast.the(Organisation, entry["organisation"]).id, answers=values,
            language=entry["language"], by=cast.people["keeper"],
        )  # fmt: skip
