"""What the demo lacks and some page kinds need: links out of mails, drafts, an application that waits for an answer.

`set_up(portal)` makes them through the pages of a running portal and returns the words that `kinds.KINDS` have in braces.
"""

import datetime as dt
import json

from portal.accounts import second_step
from tests.support import markup
from tests.support.servers import LivePortal
from tests.support.visitor import Answer, Visitor, mailed, mailed_to

CONGRESS = "kongres-wspolpracy-lokalnej"
ORGANISATION = "stowarzyszenie-pracownia-sasiedzka"
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
        **_claims(portal),
    }
    made |= _registering(owner, str(made["draft"]))
    _ask_for_links(portal, owner)
    registered = Visitor(portal).sign_in("registered")
    registered.submit(f"/pl/events/{CONGRESS}/register")
    return {**made, **_links(portal), **_merge_request(registered)}


def _merge_request(registered: Visitor) -> dict[str, str]:
    """Somebody has written a second profile, and asks those of the first one to take it in."""
    fields = {
        "name": "Pracownia Sąsiedzka",
        "legal_form": "pl-assoc",
        "town": "Łódź",
        "region": "PL-10",
        "themes": ["1"],
    }
    slug = _last_part(registered.submit("/pl/organisations/new?kind=pl-registered", fields), "organisations")
    page = f"/pl/organisations/{ORGANISATION}/merge/{slug}"
    return {"merge": _last_part(registered.submit(page, {"sure": "y"}), "merges")}


def guarded(portal: LivePortal, role: str) -> Visitor:
    """Somebody with this role who has just switched the second step on; whoever signs in with it now is asked for a code."""
    visitor = Visitor(portal).sign_in(role)
    page = visitor.get("/pl/account/two-step/on")
    key = page.html.partition("<code>")[2].partition("</code>")[0]
    code = second_step.code_now(json.dumps({"key": key.replace("-", "")}))
    visitor.submit(page, {"code": code})
    return visitor


def _last_part(answer: Answer, following: str) -> str:
    """The slug or number behind `following` in the address that an answer leads to."""
    return str(answer.headers["Location"]).partition(f"/{following}/")[2].partition("/")[0].partition("?")[0]


def _draft_organisation(owner: Visitor) -> dict[str, str]:
    fields = {
        "name": "Grupa „Cicha Przystań”",
        "legal_form": "pl-informal",
        "town": "Łódź",
        "region": "PL-10",
        "themes": ["1"],
        "summary": "Spotykamy się nad wodą.",
    }
    draft = _last_part(owner.submit("/pl/organisations/new?kind=pl-informal", fields), "organisations")
    words = {
        "description": "<p>Siadamy na ławce.</p><p>Potem idziemy nad wodę.</p>",
        "summary": "Spotykamy się nad stawem.",
    }
    owner.submit(f"/pl/organisations/{draft}/edit/work", words)
    other = {**fields, "name": "Cicha Przystań nad Stawem Wielkim i Małym", "town": "Zgierz"}
    double = _last_part(owner.submit("/pl/organisations/new?kind=pl-informal", other), "organisations")
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
    claimed = _last_part(stranger.submit(f"/pl/organisations/{ORGANISATION}/claim", told), "claims")
    mail = {"method": "mail", "address": "kontakt21@example.org"}
    stranger.submit("/pl/organisations/kolo-gospodyn-wiejskich-warmianki/claim", mail)
    return {"claimed": claimed}


def _registering(owner: Visitor, draft: str) -> dict[str, str]:
    """A group asks somebody to vouch, and says that it is registered."""
    base = f"/pl/organisations/{draft}/trust"
    owner.submit(f"{base}/vouches", {"email": "voucher@example.org"})
    owner.submit(f"{base}/registered", {"legal_form": "pl-assoc", "krs": "987654"})
    return {"registering": _after(owner.get(base).html, "/registrations-of-groups/")}


def _applications(owner: Visitor, coordinator: Visitor) -> dict[str, str]:
    """One application is new, the other one has come back with a question."""
    numbers = {}
    for name, network in (("applied", OTHER_NETWORK), ("asked", "warminsko-mazurska-siec-wsparcia")):
        page = owner.get(f"/pl/networks/{network}/apply")
        answers = {name: "Działamy razem z sąsiadami." for name, _ in _inputs(page) if name.startswith("question_")}
        numbers[name] = _last_part(owner.submit(page, answers), "memberships")
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
    return {"typed": _after(networks, "/memberships/"), "choice": choice, "follow": follow}


def _draft_event(coordinator: Visitor) -> dict[str, str]:
    day = (dt.datetime.now(dt.UTC) + MONTH).strftime("%Y-%m-%d")
    times = {"starts_at": f"{day}T10:00", "ends_at": f"{day}T11:00"}
    whole = {"title": "Zjazd na próbę", "starts_at": f"{day}T09:00", "ends_at": f"{day}T17:00"}
    slug = _last_part(coordinator.submit(f"/pl/networks/{NETWORK}/events/new", whole), "events")
    base = f"/pl/events/{slug}"
    coordinator.submit(f"{base}/rooms/new", {"name": "Sala pod Dębem", "capacity": "12"})
    coordinator.submit(f"{base}/slots/new", times)
    page = coordinator.get(f"{base}/sessions/new")
    coordinator.submit(page, {"title": "Warsztat na próbę", "kind": "workshop", "seats": "12", **times})
    manage = coordinator.get(f"{base}/manage").html
    return {
        "draft_event": slug,
        **{f"draft_{thing}": _number(manage, f"{base}/{thing}s/") for thing in ("room", "slot", "session")},
    }


def _number(html: str, before: str) -> str:
    """The first number behind an address in a page."""
    return next(digits for part in html.split(before)[1:] if (digits := part.partition("/")[0]).isdigit())


def _posts(owner: Visitor) -> dict[str, str]:
    page = f"/pl/organisations/{ORGANISATION}/news/new"
    texts = {"title": "Wpis na próbę", "lead": "Krótko.", "body": "<p>Tekst.</p>"}
    draft = _last_part(owner.submit(page, texts), "news")
    scheduled = _last_part(owner.submit(page, {**texts, "title": "Wpis na później"}), "news")
    later = (dt.datetime.now(dt.UTC) + MONTH).strftime("%Y-%m-%dT12:00")
    owner.submit(f"/pl/news/{scheduled}/publish", {"when": "later", "publish_at": later})
    return {"draft_post": draft, "scheduled_post": scheduled}


def _ask_for_links(portal: LivePortal, owner: Visitor) -> None:
    visitor = Visitor(portal)
    visitor.submit(
        "/pl/account/sign-up", {"name": "Nowa Osoba", "email": "new@example.org", "password": "trzy losowe słowa"}
    )
    visitor.submit("/pl/account/password/forgotten", {"email": "translator@example.org"})
    owner.submit("/pl/account/email", {"email": "other@example.org"})
    owner.submit(f"/pl/organisations/{ORGANISATION}/people", {"email": "invited@example.org", "role": "editor"})
    owner.submit(
        f"/pl/organisations/{ORGANISATION}/people/listed", {"name": "Zofia Skarbnik", "email": "listed@example.org"}
    )
    visitor.submit("/pl/searches/new?country=BG", {"email": "keeper@example.org"})
    for address in ("unconfirmed@example.org", "confirmed@example.org"):
        page = visitor.get(f"/pl/events/{CONGRESS}/register")
        full = next(value for name, value in _inputs(page) if name == "slot_1" and value.endswith("w"))
        visitor.submit(page, {"name": "Ola Próbna", "email": address, "slot_1": full})


def _links(portal: LivePortal) -> dict[str, str]:
    """The tokens of the links in those mails."""
    purposes = {
        "confirm_account": ("new@example.org", "/account/confirm/"),
        "new_password": ("translator@example.org", "/account/password/new/"),
        "confirm_email": ("other@example.org", "/account/email/confirm/"),
        "invitation": ("invited@example.org", "/organisations/invitations/"),
        "listed": ("listed@example.org", "/organisations/listed/"),
        "mail_choice": ("invited@example.org", "/account/mail/"),
        "confirmation": ("svetlina@example.org", "/confirmations/"),
        "searches": ("keeper@example.org", "/searches/"),
        "vouch": ("voucher@example.org", "/vouches/"),
        "prove": ("kontakt21@example.org", "/claims/prove/"),
        "unconfirmed": ("unconfirmed@example.org", "/registration/confirm/"),
    }
    purposes["confirmed"] = ("confirmed@example.org", "/registration/confirm/")
    found = {name: path.rpartition("/")[2] for name, path in mailed_to(portal, purposes).items()}
    visitor = Visitor(portal)
    visitor.submit(f"/pl/registration/confirm/{found.pop('confirmed')}")
    manage = mailed(portal, "confirmed@example.org", "/pl/registration/(?!confirm)")
    waits = visitor.get(manage).html
    return {**found, "registration": manage.rpartition("/")[2], "waiting_place": _after(waits, "/leave/")}


def _inputs(page: Answer) -> list[tuple[str, str]]:
    """(name, value) of every control of a page."""
    controls = markup.parsed(page.html).all("input", "textarea", "select")
    return [(control.get("name", ""), control.get("value", "")) for control in controls]


def _after(html: str, before: str) -> str:
    return html.partition(before)[2].partition('"')[0]
