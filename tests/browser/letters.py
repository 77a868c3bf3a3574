"""What the stage has of mails: somebody asks for each of them, and the token of its link is a word of the page kinds."""

import datetime as dt

import sqlalchemy as sa

from portal.ground import links
from portal.ground.db import transaction
from portal.registration.delegates import Delegate
from portal.registration.models import Delegation, Registration
from portal.registration.reminder_mails import COMING
from portal.registration.services import name_people
from tests.browser.readings import after, answers, inputs, last_part, number
from tests.support.databases import inside
from tests.support.servers import LivePortal
from tests.support.visitor import Visitor, mailed, mailed_to

CONGRESS = "kongres-wspolpracy-lokalnej"
ORGANISATION = "stowarzyszenie-pracownia-sasiedzka"


def ask_for_links(portal: LivePortal, owner: Visitor) -> None:
    """Everything that sends a mail with a link."""
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
    for event, address in (("obshta-sreshta-na-mrezhata", 303), ("plan-dzialania-swietlicy", 209), (CONGRESS, 39)):
        visitor.submit(f"/pl/events/{event}/register/link", {"email": f"guest{address}@example.org"})
    for address in ("unconfirmed@example.org", "confirmed@example.org"):
        page = visitor.get(f"/pl/events/{CONGRESS}/register")
        full = next(value for name, value in inputs(page) if name == "slot_1" and value.endswith("w"))
        visitor.submit(page, {"name": "Ola Próbna", "email": address, "slot_1": full, **answers(page)})
    for address in ("office@example.org", "family@example.org"):
        page = visitor.get(f"/pl/events/{CONGRESS}/register/together")
        people = {"p1-name": "Ola Próbna", "p2-name": "Jan Próbny", "whole": "all"}
        visitor.submit(page, {"email": address, **people, **answers(page)}, button="act=send")

    for address in ("asking@example.org", "delegation@example.org"):
        form = {"affiliation": "Fundacja Lipa", "size": "4", "name": "Zofia Wierzba", "email": address}
        visitor.submit(f"/pl/events/{CONGRESS}/register/delegation", form)
    owned = {"affiliation": "Fundacja Wierzba", "size": "2", "name": "Zofia Wierzba", "email": "owner@example.org"}
    owner.submit(f"/pl/events/{CONGRESS}/register/delegation", owned)  # stands among what is theirs at once


def links_asked_for(portal: LivePortal) -> dict[str, str]:
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
        "office": ("office@example.org", "/registration/confirm-together/"),
        "family": ("family@example.org", "/registration/confirm-together/"),
        "asking": ("asking@example.org", "/registration/confirm-delegation/"),
        "delegation": ("delegation@example.org", "/registration/confirm-delegation/"),
        "offered": ("guest303@example.org", "/registration/(?!confirm)"),
        "called": ("called@example.org", "/registration/invited/"),
        "days": ("guest39@example.org", "/registration/(?!confirm)"),
        "request": ("guest209@example.org", "/registration/(?!confirm)"),
    }
    purposes["confirmed"] = ("confirmed@example.org", "/registration/confirm/")
    found = {name: path.rpartition("/")[2] for name, path in mailed_to(portal, purposes).items()}
    visitor = Visitor(portal)
    visitor.submit(f"/pl/registration/confirm/{found.pop('confirmed')}")
    together = visitor.submit(f"/pl/registration/confirm-together/{found.pop('family')}")
    found["delegation"] = _delegation(portal, visitor, found["delegation"])
    manage = mailed(portal, "confirmed@example.org", "/pl/registration/(?!confirm)")
    waits = visitor.get(manage).html
    needs = {"way": ["step-free"], "meals": ["diet-vegan"], "note": "Uczulenie na orzechy.", "agrees": "y"}
    visitor.submit(f"{manage}/needs", needs)
    calendar = visitor.follow(visitor.submit(manage, {"do": "make"}, action=f"{manage}/calendar")).path
    return {
        **found, "registration": manage.rpartition("/")[2], "waiting_place": after(waits, "/leave/"),
        "calendar": calendar.rpartition("/")[2], "party": last_part(together, "together"),
        "coming": _coming(portal, "confirmed@example.org"), "coming_days": _coming(portal, "guest39@example.org"),
        "days_person": str(_number(portal, "guest39@example.org")),
        "named_seat": number(visitor.get(f"/pl/registration/delegation/{found['delegation']}").html, "/seats/"),
    }  # fmt: skip


def _delegation(portal: LivePortal, visitor: Visitor, confirm: str) -> str:
    """The token to the page of a delegation that was confirmed and has named two people, one of them without an address."""
    token = last_part(visitor.submit(f"/pl/registration/confirm-delegation/{confirm}"), "delegation")
    people = [Delegate(1, "Ewa Buk", "ewa.buk@example.org"), Delegate(2, "Ola Klon")]
    with inside(portal), transaction() as session:
        number = session.scalars(sa.select(Delegation.id).where(Delegation.email == "delegation@example.org")).one()
        name_people(number, people, language="pl")
    return token


def _coming(portal: LivePortal, address: str) -> str:
    """The token behind which this person says whether they come: the mail with it is sent only a week before the event."""
    number = _number(portal, address)
    with inside(portal), transaction():
        return links.issue(COMING, f"registration:{number}", dt.timedelta(days=30))


def _number(portal: LivePortal, address: str) -> int:
    with inside(portal), transaction() as session:
        return session.scalars(sa.select(Registration.id).where(Registration.email == address).limit(1)).one()
