"""What waits for those who oversee profiles, and for the people of groups and patrons: on their own page, and as a list."""

import datetime as dt

from flask import Response, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelCase, PanelLink
from portal.face.web import Pagination, page
from portal.face.web.answers import private
from portal.ground import clock
from portal.ground.authz import can, requires
from portal.trust import queries
from portal.trust.models import Lack
from portal.trust.policies import Permission
from portal.trust.queries import Case, CaseKind, Own, OwnKind
from portal.trust.views.blueprint import bp
from portal.words.i18n import _, _l, _n, _p, formats

ZONE = "Europe/Warsaw"
URGENT = 3  # cases on the page of the account
LACKING = {
    Lack.SUPPORT: _l("Nobody stands behind the group: two vouches or a patron"),
    Lack.SECOND_OWNER: _l("The group has one owner: a second is needed"),
}
KINDS = {
    CaseKind.RELEASED: _l("Profile that looks for somebody"),
    CaseKind.CLAIM: _l("Claim to a profile"),
    CaseKind.REGISTERING: _l("Group that is registered now"),
    CaseKind.CHECK: _l("Fact to be checked again"),
}


def case_words(case: Case) -> str:
    """What it is, in the language of the page."""
    return str(LACKING[Lack(case.about)] if case.kind == CaseKind.SHORTAGE else KINDS[case.kind])


def case_url(case: Case) -> str:
    """Where it is dealt with."""
    if case.kind == CaseKind.CLAIM:
        return url_for("trust.claim_case", number=case.number)
    if case.kind == CaseKind.REGISTERING:
        return url_for("trust.registering", number=case.number)
    return url_for("trust.of_organisation", slug=case.organisation.slug)


def waiting_panel(person: Person) -> Panel | None:
    """On the page of who oversees profiles: the oldest cases."""
    if not can(Permission.SEE_CASES, person=person):
        return None
    cases = [
        PanelCase(
            case_words(case), case.organisation.name, case_url(case),
            _("Since: %(date)s", date=formats.date(case.since, ZONE)), _p("button", "Look at it"),
        )
        for case in queries.cases_of(person, limit=URGENT)
    ]  # fmt: skip
    link = PanelLink(_("All cases about profiles"), url_for("trust.cases"))
    return Panel(_("Profiles that need you"), [link], cases=cases, place=-1) if cases else None


def own_panel(person: Person) -> Panel | None:
    """On a person's own page: what their groups lack, who asks their organisation, and for whom they vouch."""
    found = queries.own_cases(person)
    cases = [_own_case(one) for kind in _CASES for one in found if one.kind == kind]
    links = [
        PanelLink(one.organisation.name, url_for(endpoint, number=one.number), note)
        for kind, (endpoint, note) in _LINKS.items()
        for one in found
        if one.kind == kind
    ]
    if not cases and not links:
        return None
    more = PanelLink(_("My organisations and what to do next"), url_for("organisations.mine"))
    return Panel(_("Trust in profiles"), links or [more], cases=cases)  # one without any link is not shown


_CASES = (OwnKind.SHORTAGE, OwnKind.PATRONAGE, OwnKind.AGAINST)
_LINKS = {
    OwnKind.VOUCH: ("trust.withdraw_vouch", _l("you vouch for this group")),
    OwnKind.CLAIM: ("trust.claim_case", _l("your claim is considered")),
}


def _own_case(one: Own) -> PanelCase:
    name = one.organisation.name
    if one.kind == OwnKind.SHORTAGE:
        until, url = one.since + queries.TIME, url_for("trust.of_organisation", slug=one.organisation.slug)
        what = LACKING[Lack(one.about)]
        return PanelCase(
            what, name, url, _days_left(until), _p("button", "See what to do"), is_late=until < clock.now()
        )
    if one.kind == OwnKind.PATRONAGE:
        since, url = formats.date(one.since, ZONE), url_for("trust.patronage", number=one.number)
        return PanelCase(
            _("A group asks for a patron"), name, url, _("Since: %(date)s", date=since), _p("button", "Answer")
        )
    url = url_for("trust.claim_case", number=one.number)
    return PanelCase(_("Somebody claims the profile"), name, url, _days_left(one.since), _p("button", "See the claim"))


def _days_left(until: dt.datetime) -> str:
    left = (clock.in_zone(until, ZONE).date() - clock.today(ZONE)).days
    return _n("%(n)s day late", "%(n)s days late", -left) if left < 0 else _n("%(n)s day left", "%(n)s days left", left)


@bp.get("/tasks/profiles-in-need")
@requires(Permission.SEE_CASES)
def cases() -> Response:
    private()
    person = signed_in_person()
    pages = Pagination.of_request(queries.count_cases(person), queries.PAGE)
    found = queries.cases_of(person, offset=pages.offset, limit=pages.size)
    rows = [(case_words(case), case, case_url(case)) for case in found]
    return page("trust/cases.html", rows=rows, pages=pages)
