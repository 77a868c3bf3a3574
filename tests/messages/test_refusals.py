"""What is not sent or not written, and says why."""

import pytest

from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.messages import services
from portal.messages.models import Message
from portal.messages.services import writing
from portal.words.i18n import Localized
from tests.factories.messages import make_message, make_sender, place_of


@pytest.mark.parametrize("column", ["subject", "body"])
def test_message_without_a_subject_or_a_text_is_not_sent(app, column: str) -> None:
    network, by, _people = make_sender()
    message = make_message(network, by)
    with transaction() as session:
        row = session.get_one(Message, message.id, with_for_update=True, populate_existing=True)
        setattr(row, column, Localized())
    with pytest.raises(Refusal):
        services.send(row, version=row.row_version, by=by)


def test_audience_that_the_network_does_not_have_is_refused(app) -> None:
    network, by, _people = make_sender()
    with pytest.raises(Refusal) as refused:
        make_message(network, by, audience="everybody")
    assert refused.value.reason == writing.NO_AUDIENCE


def test_drafts_are_bounded(app, monkeypatch: pytest.MonkeyPatch) -> None:
    network, by, _people = make_sender()
    monkeypatch.setattr(writing, "MOST_DRAFTS", 1)
    make_message(network, by)
    with pytest.raises(Refusal):
        make_message(network, by)


def test_draft_that_somebody_deleted_meanwhile_is_told(app) -> None:
    network, by, _people = make_sender()
    message = make_message(network, by)
    services.delete(message, by=by)
    words = {"subject": "Inny temat", "body": "Inne słowa"}
    with pytest.raises(Conflict):
        services.update(message, version=1, language="pl", by=by, **words)
    assert place_of(network).number == network.id
