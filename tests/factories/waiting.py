"""Rows behind the forms that the demo has nobody fill in: each waits for somebody of the demo."""

from collections.abc import Mapping

from portal.accounts.models import Person
from portal.events import queries as events
from portal.events import services as event_services
from portal.events.models import Event
from portal.merging import services as merging
from portal.merging.queries import Pair
from portal.registration import queries
from portal.registration import services as registration
from portal.registration.invitees import named
from portal.trust import services as trust
from portal.trust.models import ClaimMethod
from tests.factories.imports import make_batch, row
from tests.factories.organisations import list_somebody, make_organisation
from tests.factories.trust import make_group


def waiting_rows(roles: Mapping[str, Person]) -> list[str]:
    """Bring them; returns the addresses of their pages. Two more are behind links, in mails that this queues."""
    owner, author, editor = roles["owner"], roles["author"], roles["editor"]
    group, claimed = (
        make_group(author, name="Grupa, która czeka"),
        make_organisation(author, name="Fundacja, o którą pytają"),
    )
    trust.ask_to_vouch(group, email=str(roles["representative"].email), language="pl", by=author)
    list_somebody(claimed, author)
    asked = trust.ask_registering(group, legal_form="pl-assoc", numbers={"krs": "654321"}, by=author)
    claim = trust.claim(claimed, method=ClaimMethod.EXPLANATION, evidence="Wpisano mnie do zarządu.", by=editor)
    batch = make_batch([row(1), row(2), row(2)], by=roles["coordinator"])
    congress = events.by_slug("kongres-wspolpracy-lokalnej")
    assert congress is not None
    coordinator = roles["coordinator"]
    event_services.grant_role(congress, address=str(author.email), role="desk", by=coordinator)
    profile = f"/pl/organisations/{group.slug}"
    return [
        *(f"{profile}/trust/{part}" for part in ("vouches", "patron", "end", "registered")),
        f"/pl/registrations-of-groups/{asked.id}", f"/pl/claims/{claim.id}/object", f"/pl/imports/{batch.id}",
        f"/pl/events/{congress.slug}/team", *_of_people(congress, coordinator), _two_of_one(author),
        f"/pl/merges/{_question(author, owner)}",
    ]  # fmt: skip


def _of_people(congress: Event, coordinator: Person) -> list[str]:
    """Somebody is invited, somebody needs something, and a small training asks questions."""
    registration.invite(congress, by=coordinator, invitees=named("proszona@example.org"), language="pl")
    event_services.grant_role(congress, address=str(coordinator.email), role="access", by=coordinator)
    who = queries.people(congress).rows(limit=1)[0]
    registration.ask(who.id, kinds=["captions"], note="", agrees=True)
    registration.note_look(congress, by=coordinator)
    (need,) = queries.needs_of(who.id)
    needs, questions = f"/pl/events/{congress.slug}/needs", "/pl/events/plan-dzialania-swietlicy/questions"
    return [needs, f"{needs}/{need.id}", questions]


def _two_of_one(owner: Person) -> str:
    """Two profiles of one person that differ, side by side."""
    kept, lost = (make_organisation(owner, summary=says) for says in ("Sadzimy lipy.", "Sadzimy też brzozy."))
    return f"/pl/organisations/{kept.slug}/merge/{lost.slug}"


def _question(asking: Person, asked: Person) -> int:
    """Whoever manages one profile asks whoever manages the other."""
    kept, lost = (make_organisation(one, summary="Sadzimy lipy.") for one in (asking, asked))
    request = merging.propose(
        Pair(kept, lost), by=asking, kept_version=kept.row_version, lost_version=lost.row_version, taken=[]
    )  # fmt: skip
    return request.id
