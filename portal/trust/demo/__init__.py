"""Trust in the demo: a group with two vouches, one with a patron, one that lacks support, a checked fact, a claim."""

import datetime as dt

from portal.accounts.demo import Cast
from portal.declaration import Demo
from portal.ground import clock
from portal.organisations.models import Organisation
from portal.trust import services
from portal.trust.models import CheckKind, ClaimMethod

VOUCHED, PATRONISED = "Sąsiedzi z Młyńskiej", "Grupa „Łąka zamiast trawnika”"
FIRST, SECOND = "Stowarzyszenie Pracownia Sąsiedzka", "Клуб „Открита общност“"
CHECKED, CLAIMED = "Fundacja Cztery Pory", "Fundacja Kuźnia Wsparcia"
LONG_AGO, LATELY = dt.timedelta(days=390), dt.timedelta(days=20)


def load(cast: Cast) -> None:
    people = cast.people
    group, keeper = cast.the(Organisation, VOUCHED), people["keeper"]
    with clock.frozen(clock.now() - LATELY):
        for person, via in (("owner", FIRST), ("representative", SECOND)):
            asked = services.ask_to_vouch(group, email=str(people[person].email), language="pl", by=keeper)
            services.vouch(asked, via_id=cast.the(Organisation, via).id, by=people[person])
        patron = cast.the(Organisation, FIRST)
        asked_patron = services.ask_patron(cast.the(Organisation, PATRONISED), patron=patron.slug, by=keeper)
        services.accept_patronage(asked_patron, by=people["owner"])
        services.watch()
    with clock.frozen(clock.now() - LONG_AGO):
        services.check(cast.the(Organisation, CHECKED), kind=CheckKind.DOCUMENT, by=people["coordinator"])
    with clock.frozen(clock.now() - LATELY):
        services.check(cast.the(Organisation, CHECKED), kind=CheckKind.COORDINATOR, by=people["coordinator"])
        services.claim(
            cast.the(Organisation, CLAIMED), method=ClaimMethod.EXPLANATION, by=people["editor"],
            evidence="Работя във фондацията от миналата година, вписана съм в управителния съвет.",
        )  # fmt: skip


DEMO = Demo(load=load)
