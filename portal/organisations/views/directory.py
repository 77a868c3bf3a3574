"""What everybody reads: the directory and the profiles."""

from flask import Response, url_for

from portal.events import queries as events
from portal.face.forms import ActionForm
from portal.face.web import Pagination, page
from portal.face.web.answers import private
from portal.ground.authz import can, public, requires
from portal.ground.sentences import Sentence
from portal.membership import queries as membership
from portal.news import queries as news
from portal.organisations import queries
from portal.organisations.fields import NUMBERS, PUBLIC
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp
from portal.organisations.views.facets import Choice, chosen, groups
from portal.organisations.words import website_name
from portal.words.i18n import LANGUAGES, _

PRESSED = (Permission.CONFIRM, Permission.SHOW_AGAIN, Permission.RESTORE)  # acts with a button on the profile
NETWORKS = 12  # of an organisation, on its page


@bp.get("")
@public
def index() -> Response:
    choice = Choice.of_request()
    networks = membership.network_facet(choice.networks, choice.network)
    members = membership.members_of(choice.network) if choice.network else None
    among = queries.found(choice.filters, members)
    counts = queries.counts(choice.filters, among)
    pages = Pagination.of_request(counts.total, queries.PAGE)
    return page(
        "organisations/index.html",
        choice=choice,
        counts=counts,
        pages=pages,
        organisations=queries.listed(choice.filters, among, offset=pages.offset) if counts.total else [],
        groups=groups(choice, counts, networks),
        chosen=chosen(choice, networks),
        networks=networks,
    )


@bp.get("/<slug:slug>")
@requires(Permission.SEE, on=queries.by_slug)
def show(organisation: Organisation) -> Response:
    if organisation.status != OrganisationStatus.PUBLISHED:
        private()
    member_pages, networks = Pagination.of_rows(membership.member_of(organisation), NETWORKS, "networks")
    return page(
        "organisations/show.html",
        languages=organisation.languages,
        organisation=organisation,
        details=_details(organisation),
        networks=networks,
        member_pages=member_pages,
        events=events.upcoming_of_organisation(organisation.id),
        posts=news.latest_of_organisation(organisation.id),
        sees_contact=can(Permission.SEE_CONTACT, organisation),
        gaps=_gaps(organisation) if can(Permission.CONFIRM, organisation) else [],
        parts=PARTS,
        action=ActionForm() if any(can(one, organisation) for one in PRESSED) else None,
        website_name=website_name(organisation.website),
    )


PARTS = 7  # of a profile, beside what every one has


def _gaps(organisation: Organisation) -> list[tuple[str, str]]:
    """What a profile could have and has not, each with the page where it is added: at most `PARTS`."""
    slug, missing = organisation.slug, organisation.missing_languages
    edit = url_for("organisations.edit", slug=slug)
    parts = (
        (organisation.summary, _("one or two sentences for lists"), edit),
        (organisation.description, _("what you do, in your own words"), edit),
        (organisation.logo_id, _("a logo"), url_for("organisations.logo", slug=slug)),
        (organisation.website, _("the address of a website"), edit),
        (organisation.contact_email, _("an e-mail address"), edit),
        (organisation.contact_phone, _("a telephone number"), edit),
        (
            len(missing) < len(LANGUAGES) - 1, _("a second language"),
            url_for("organisations.translate", slug=slug, language=missing[0]) if missing else edit,
        ),
    )  # fmt: skip
    return [(words, url) for there, words, url in parts if not there]


def _details(organisation: Organisation) -> list[tuple[Sentence, object]]:
    """What the box of details lists: facts of the profile, and its numbers in registers."""
    numbers = queries.numbers_by_field(organisation)
    return [*PUBLIC.facts(organisation), *((one.label, numbers.get(one.name)) for one in NUMBERS.fields)]


def slug_of_today(former: str) -> str | None:
    """Where a profile is now that was at this address, for whoever may know of it."""
    organisation = queries.by_former_slug(former)
    return organisation.slug if organisation is not None and can(Permission.SEE, organisation) else None
