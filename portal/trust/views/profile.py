"""What this feature adds to the page of an organisation."""

import datetime as dt

from flask import url_for

from portal.accounts.models import Person
from portal.face.look import OnProfile, ProfileLine
from portal.ground import clock
from portal.ground.authz import can
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries import roles_in
from portal.trust import queries
from portal.trust.models import Verification
from portal.trust.policies import Permission
from portal.words.i18n import Localized, _, formats
from portal.words.text import capital
from portal.words.vocabularies import label

ZONE = "Europe/Warsaw"


def profile_part(organisation: Organisation, person: Person | None) -> OnProfile:
    """Dated statements for everybody, and the pages on which this reader can go on."""
    told = queries.standing(organisation.id)
    lines = [*_standing(organisation, told)]
    if organisation.informal:
        lines += [_backer(one) for one in queries.backers_of(organisation.id)]
    lines += [check_line(made, name) for made, name in told.checks]
    return OnProfile(lines, _links(organisation, person))


def _standing(organisation: Organisation, told: queries.Standing) -> list[ProfileLine]:
    lines = list[ProfileLine]()
    if organisation.released_at is not None:
        words = _("This profile looks for somebody of the organisation who looks after it.")
        lines.append(ProfileLine(words, is_old=True))
    elif told.managed_since is not None and told.is_owned:
        lines.append(ProfileLine(_("Managed by its own people since: %(date)s", date=_day(told.managed_since))))
    if told.informal_until is not None:
        lines.append(ProfileLine(_("Informal group until: %(date)s", date=_day(told.informal_until))))
    if told.ends_on is not None and organisation.informal:
        noon = dt.datetime.combine(told.ends_on, dt.time(12), tzinfo=dt.UTC)
        if told.ends_on < clock.today(ZONE):
            lines.append(ProfileLine(_("The group has ended. Its last day: %(date)s", date=_day(noon)), is_old=True))
        else:
            lines.append(ProfileLine(_("Last day of the group: %(date)s", date=_day(noon))))
    return lines


def _backer(one: queries.Backer) -> ProfileLine:
    words = _("Patron of the group:") if one.is_patron else _("Vouched for in the name of the organisation:")
    url = url_for("organisations.show", slug=one.slug)
    return ProfileLine(words, one.name, url, _("(since %(date)s)", date=_day(one.since)))


def check_line(made: Verification, network: Localized | None) -> ProfileLine:
    """What was checked, by whom, and until when it holds or held."""
    said = capital(label("verification", made.kind))
    if made.dropped_at is not None:
        words = _("%(statement)s – until the details changed: %(date)s", statement=said, date=_day(made.dropped_at))
        return ProfileLine(words, is_old=True)
    if made.valid_until <= clock.now():
        words = _("%(statement)s – was valid until: %(date)s", statement=said, date=_day(made.valid_until))
        return ProfileLine(words, is_old=True)
    note = _("(%(date)s, valid until %(until)s)", date=_day(made.at), until=_day(made.valid_until))
    if network is None:
        return ProfileLine(_("%(statement)s – checked by the portal team", statement=said), note=note)
    return ProfileLine(_("%(statement)s – checked by the network:", statement=said), network, note=note)


def _links(organisation: Organisation, person: Person | None) -> list[tuple[str, str]]:
    slug, links = organisation.slug, list[tuple[str, str]]()
    if can(Permission.SEE_PAGE, organisation, person=person):
        links.append((_("Trust in the profile"), url_for("trust.of_organisation", slug=slug)))
    if organisation.status == OrganisationStatus.PUBLISHED and not roles_in(person, organisation):
        links.append((_("Claim this profile"), url_for("trust.claim", slug=slug)))
    return links


def _day(moment: dt.datetime) -> str:
    return formats.date(moment, ZONE)
