"""The edit forms of registrations, opened on full rows: see `edits`."""

from portal.accounts.models import Person
from portal.events.models import Event
from portal.questions.models import QuestionKind
from portal.registration import services as registration
from tests.factories.events import ask, make_event, make_session, make_team_member, refreshed
from tests.factories.networks import typical
from tests.factories.registrations import confirmed, make_need
from tests.whole.opened import Opened, filled

ASKED = {
    "reconfirm_asked_at",
    "reconfirm_reminded_at",
    "reconfirmed_at",
    "release_at",
    "coming_days",
}  # of who was asked to come
# Of who takes part, with words that stand in no directory.
ACTIVE = frozenset(
    {
        "cancelled_at",
        "offer_ends_at",
        "holds_seat",
        "reason",
        "successor_id",
        "organisation_id",
        "party_id",
        "phone",
        "passed",
        "kept_until",
        *ASKED,
    }
)


def own_registration(coming: Event, *, by: Person | None = None) -> Opened:
    """Somebody who takes part, before themselves, or before whoever of the team it is."""
    asked = [ask(coming, f"Sprawa {kind}?", kind=kind) for kind in QuestionKind if kind is not QuestionKind.FILE]
    role = "volunteer" if "volunteer" in coming.participant_roles else None
    given = {"role": role, "filled": {"answers": {one.id: typical(one) for one in asked}}}
    make_session(coming, hours=6.5)  # beside another one, so that one can wait for both
    row = confirmed(
        coming, make_session(coming), make_session(coming, hours=6), name="Anna Nowak", companions=1, **given
    )
    row = filled(
        row,
        affiliation="Koło Gospodyń",
        sector="education",
        sequence=1,
        calendar="0a1b2c3d",
        typed_email=row.email.capitalize(),
        drops_waits=True,
    )
    if by is not None:
        return Opened(f"events/{coming.slug}/participants/{row.id}/address", refreshed(row), by, ACTIVE)
    return Opened(f"registration/{registration.open_own(row.id).token}/change", refreshed(row), None, ACTIVE)


def answered_need() -> Opened:
    """What somebody needs, before the access coordinator who has just opened the list."""
    coming = make_event()
    row, reader = make_need(coming), make_team_member(coming, "access")
    registration.answer(row, version=row.row_version, status="arranged", how="W sali na parterze.", by=reader)
    row = filled(refreshed(row), note="Wózek szeroki na 70 cm.")
    registration.note_look(coming, by=reader)
    return Opened(f"events/{coming.slug}/needs/{row.id}", row, reader)
