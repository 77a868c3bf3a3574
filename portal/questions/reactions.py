"""What questions do when accounts announce something."""

from portal.accounts.facts import PeopleJoined
from portal.questions import services


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)
