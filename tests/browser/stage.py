"""What the demo lacks and some page kinds need: links out of mails, drafts, an application that waits for an answer.

`set_up(portal)` makes them through the pages of a running portal and returns the words that `kinds.KINDS` have in braces.
"""

import datetime as dt
import json
import re

from portal.accounts import second_step
from tests.browser.letters import CONGRESS, ORGANISATION, ask_for_links, links_asked_for
from tests.browser.readings import after, answers, inputs, last_part, number
from tests.support import markup
from tests.support.servers import LivePortal
from tests.support.visitor import Visitor, mailed

NETWORK = "siec-sasiedzka"
OTHER_NETWORK = "sinergia-na-mrezhata"
MONTH = dt.timedelta(days=30)


def set_up(portal: LivePortal) -> dict[str, str]:
    """Everything that a page kind may name."""
    owner, coordinator = Visitor(portal).sign_in("owner"), Visitor(portal).sign_in("coordinator")
    made = {
        "organisation": ORGANISATION,
        "network": NETWORK,
        "event": CONGRESS,
        **_draft_organisation(owner),
        **_applications(owner, coordinator),
        **_typed(portal),
        **_draft_event(coordinator),
        **_posts(owner),
        **_partners(owner, coordinator),
        **_claims(portal),
    }
    made |= _registering(owner, str(made["draft"]))
    ask_for_links(portal, owner)
    registered = Visitor(portal).sign_in("registered")
    registered.submit(f"/pl/events/{CONGRESS}/register")
    made |= {**links_asked_for(portal), **_receipt(portal), **_participant(coordinator), **_merge_request(registered)}
    return {**made, "moved": _moved(portal, coordinator)}


def _moved(portal: LivePortal, coordinator: Visitor) -> str:
    """The link of somebody whose workshop has another room now, as they were told when the quiet period was over."""
    visitor, address = Visitor(portal), "moved@example.org"
    page = visitor.get(f"/pl/events/{CONGRESS}/register")
    free = [value for name, value in inputs(page) if name == "slot_1" and value.isdecimal()][-1]
    visitor.submit(page, {"name": "Ida Próbna", "email": address, "slot_1": free, **answers(page)})
    visitor.submit(mailed(portal, address, "/registration/confirm/"))
    edit = coordinator.get(f"/pl/events/{CONGRESS}/sessions/{free}/edit")
    choices = next(one for one in markup.parsed(edit.html).all("select") if one.get("name") == "room")
    options = [one for one in choices.iter() if markup.tag_of(one) == "option"]
    room = [one.get("value", "") for one in options if "selected" not in one.attrib][-1]
    coordinator.submit(coordinator.send(edit, {"room": room}), {"agreed": "tell"})
    portal.run("demo", "clock", "forward", "25m")
    portal.run("jobs", "run", "notices")
    portal.run("demo", "clock", "reset")
    return mailed(portal, address, "/registration/.*/changes").split("/")[-2]


def _receipt(portal: LivePortal) -> dict[str, str]:
    """Somebody has noted the code of their own page, and is forgotten since: where that can be read."""
    leaving, visitor = "guest205@example.org", Visitor(portal)
    visitor.submit("/pl/events/plan-dzialania-swietlicy/register/link", {"email": leaving})
    own = visitor.get(mailed(portal, leaving, "/registration/(?!confirm)")).html
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", own)
    assert code is not None
    portal.run("person", "erase", "--address", leaving, "--yes")
    return {"receipt": last_part(visitor.submit("/pl/receipt", {"code": code[0]}), "receipt")}


def _participant(coordinator: Visitor) -> dict[str, str]:
    """The registration of somebody who has places and waits for one."""
    found = coordinator.get(f"/pl/events/{CONGRESS}/participants?q=confirmed@example.org").html
    return {"participant": after(found.partition("<tbody")[2], f"/events/{CONGRESS}/participants/")}


def _merge_request(registered: Visitor) -> dict[str, str]:
    """Somebody has written a second profile, and asks those of the first one to take it in."""
    fields = {
        "name": "Pracownia Sąsiedzka",
        "legal_form": "pl-assoc",
        "town": "Łódź",
        "region": "PL-10",
        "themes": ["1"],
    }
    slug = last_part(registered.submit("/pl/organisations/new?kind=pl-registered", fields), "organisations")
    page = f"/pl/organisations/{ORGANISATION}/merge/{slug}"
    return {"merge": last_part(registered.submit(page, {"sure": "y"}), "merges")}


def guarded(portal: LivePortal, role: str) -> Visitor:
    """Somebody with this role who has just switched the second step on; whoever signs in with it now is asked for a code."""
    visitor = Visitor(portal).sign_in(role)
    page = visitor.get("/pl/account/two-step/on")
    key = page.html.partition("<code>")[2].partition("</code>")[0]
    code = second_step.code_now(json.dumps({"key": key.replace("-", "")}))
    visitor.submit(page, {"code": code})
    return visitor


def _draft_organisation(owner: Visitor) -> dict[str, str]:
    fields = {
        "name": "Grupa „Cicha Przystań”",
        "legal_form": "pl-informal",
        "town": "Łódź",
        "region": "PL-10",
        "themes": ["1"],
        "summary": "Spotykamy się nad wodą.",
    }
    draft = last_part(owner.submit("/pl/organisations/new?kind=pl-informal", fields), "organisations")
    words = {
        "description": "<p>Siadamy na ławce.</p><p>Potem idziemy nad wodę.</p>",
        "summary": "Spotykamy się nad stawem.",
    }
    owner.submit(f"/pl/organisations/{draft}/edit/work", words)
    other = {**fields, "name": "Cicha Przystań nad Stawem Wielkim i Małym", "town": "Zgierz"}
    double = last_part(owner.submit("/pl/organisations/new?kind=pl-informal", other), "organisations")
    for section, told in TOLD_TWICE.items():
        owner.submit(f"/pl/organisations/{double}/edit/{section}", told)
    return {"draft": draft, "double": double}


TOLD_TWICE = {
    "work": {"description": "<p>Wiosną sadzimy, latem pływamy, jesienią grabimy liście i pieczemy kasztany.</p>"},
    "links": {"website": "https://cicha-przystan.example.org"},
}


def _claims(portal: LivePortal) -> dict[str, str]:
    """A claim against people who can object, and one by a mail that nobody has opened."""
    stranger = Visitor(portal).sign_in("registered")
    told = {"method": "explanation", "evidence": "Prowadzę to stowarzyszenie od roku."}
    claimed = last_part(stranger.submit(f"/pl/organisations/{ORGANISATION}/claim", told), "claims")
    mail = {"method": "mail", "address": "kontakt21@example.org"}
    stranger.submit("/pl/organisations/kolo-gospodyn-wiejskich-warmianki/claim", mail)
    return {"claimed": claimed}


def _registering(owner: Visitor, draft: str) -> dict[str, str]:
    """A group asks somebody to vouch, and says that it is registered."""
    base = f"/pl/organisations/{draft}/trust"
    owner.submit(f"{base}/vouches", {"email": "voucher@example.org"})
    owner.submit(f"{base}/registered", {"legal_form": "pl-assoc", "krs": "987654"})
    return {"registering": after(owner.get(base).html, "/registrations-of-groups/")}


def _applications(owner: Visitor, coordinator: Visitor) -> dict[str, str]:
    """One application is new, the other one has come back with a question."""
    numbers = {}
    for name, network in (("applied", OTHER_NETWORK), ("asked", "warminsko-mazurska-siec-wsparcia")):
        page = owner.get(f"/pl/networks/{network}/apply")
        answers = {name: "Działamy razem z sąsiadami." for name, _ in inputs(page) if name.startswith("question_")}
        numbers[name] = last_part(owner.submit(page, answers), "memberships")
    coordinator.submit(
        f"/pl/tasks/applications/{numbers['asked']}",
        {"reason": "Napisz, w których gminach działacie."},
        button="decision=ask",
    )
    return numbers


def _typed(portal: LivePortal) -> dict[str, str]:
    """The application of the demo that answers a question of every kind, and the question that another one depends on."""
    administrator = Visitor(portal).sign_in("administrator")
    networks = administrator.get("/pl/organisations/sasiedzi-z-mlynskiej/networks").html
    asked = administrator.get("/pl/networks/siec-dobrego-poczatku/questions").html.split("/questions/")[1:]
    numbers = list(dict.fromkeys(part.partition('"')[0].partition("/")[0] for part in asked))
    choice, follow = [number for number in numbers if number.isdigit()][2:4]
    return {"typed": after(networks, "/memberships/"), "choice": choice, "follow": follow}


def _draft_event(coordinator: Visitor) -> dict[str, str]:
    day = (dt.datetime.now(dt.UTC) + MONTH).strftime("%Y-%m-%d")
    times = {"starts_at": f"{day}T10:00", "ends_at": f"{day}T11:00"}
    whole = {"title": "Zjazd na próbę", "kind": "congress", "starts_at": f"{day}T09:00", "ends_at": f"{day}T17:00"}
    slug = last_part(coordinator.submit(f"/pl/networks/{NETWORK}/events/new", whole), "events")
    called = {"people": "called@example.org", "language": "pl"}
    shown = coordinator.send(f"/pl/events/{CONGRESS}/invite", called, button="act=look")
    coordinator.submit(shown, button="act=send")
    coordinator.submit(f"/pl/events/{CONGRESS}/team", {"email": "coordinator@example.org", "role": "access"})
    base = f"/pl/events/{slug}"
    coordinator.submit(f"{base}/rooms/new", {"name": "Sala pod Dębem", "capacity": "12"})
    coordinator.submit(f"{base}/slots/new", times)
    page = coordinator.get(f"{base}/sessions/new")
    coordinator.submit(page, {"title": "Warsztat na próbę", "kind": "workshop", "seats": "12", **times})
    manage = coordinator.get(f"{base}/manage").html
    page = coordinator.get(f"/pl/events/{CONGRESS}/participants/new")
    caller = {"name": "Janina Próbna", "email": "", "phone": "+48 601 202 303", "locale": "pl", **answers(page)}
    return {
        "draft_event": slug,
        "caller": last_part(coordinator.submit(page, caller), "participants"),
        **{f"draft_{thing}": number(manage, f"{base}/{thing}s/") for thing in ("room", "slot", "session")},
    }


def _posts(owner: Visitor) -> dict[str, str]:
    page = f"/pl/organisations/{ORGANISATION}/news/new"
    texts = {"title": "Wpis na próbę", "lead": "Krótko.", "body": "<p>Tekst.</p>"}
    draft = last_part(owner.submit(page, texts), "news")
    scheduled = last_part(owner.submit(page, {**texts, "title": "Wpis na później"}), "news")
    later = (dt.datetime.now(dt.UTC) + MONTH).strftime("%Y-%m-%dT12:00")
    owner.submit(f"/pl/news/{scheduled}/publish", {"when": "later", "publish_at": later})
    return {"draft_post": draft, "scheduled_post": scheduled}


def _partners(owner: Visitor, coordinator: Visitor) -> dict[str, str]:
    """An organisation that a project names, the question that waits for the owner, and a document of the project."""
    named = coordinator.get("/pl/projects/kuznia-ekspertow/partners").html
    asked = owner.get("/pl/account/").html
    documents = coordinator.get("/pl/projects/kuznia-ekspertow/documents").html
    return {
        "project_document": number(documents, "/projects/kuznia-ekspertow/documents/"),
        "partner": number(named, "/projects/kuznia-ekspertow/partners/"),
        "asked_partner": after(asked, "/projects/bezopasen-pat-do-uchilishte/partners/"),
    }
