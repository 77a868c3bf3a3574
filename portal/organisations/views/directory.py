"""What everybody reads: the directory and the profiles."""

from collections.abc import Sequence

from flask import Response, url_for

from portal.accounts.session import current_person
from portal.declaration import said_on_profile
from portal.documents import queries as documents
from portal.events import queries as events
from portal.face.forms import ActionForm
from portal.face.web import Pagination, page
from portal.face.web.answers import private
from portal.ground.authz import can, public, requires
from portal.impact import queries as impact
from portal.news import queries as news
from portal.organisations import queries
from portal.organisations.models import PUBLIC as PUBLIC_STATES
from portal.organisations.models import ContactKind, Organisation, OrganisationStatus
from portal.organisations.nearness import OTHERS, Nearness, reader
from portal.organisations.policies import Permission, nearness
from portal.organisations.views import showing
from portal.organisations.views.blueprint import bp
from portal.organisations.views.facets import Choice, chips, groups, ways_out
from portal.projects import queries as projects
from portal.words.i18n import LANGUAGES, _

PRESSED = (
    Permission.CONFIRM,
    Permission.SHOW_AGAIN,
    Permission.RESTORE,
    Permission.REOPEN,
)  # acts with a button on the profile
ASIDE_SHOWN = 5  # of what words find out of the list
NETWORKS = 12  # of an organisation, on its page


@bp.get("")
@public
def index() -> Response:
    choice = Choice.of_request()
    found = queries.Found(choice.filters)
    pages = Pagination.of_request(found.total, queries.PAGE)
    made = chips(choice, found)
    return page(
        "organisations/index.html",
        choice=choice,
        total=found.total,
        pages=pages,
        organisations=_listed(choice, found, pages.offset),
        groups=groups(choice, found),
        chosen=[(chip.words, chip.url) for chip in made],
        ways_out=[] if found.total else ways_out(choice, found, made),
        aside=found.aside(ASIDE_SHOWN) if choice.q and not choice.is_aside else ([], False),
        map_path=url_for("organisations.regions_map"),
        keep_path=url_for("saved.new"),
    )


def _listed(choice: Choice, found: queries.Found, offset: int) -> Sequence[queries.Listed]:
    if not found.total:
        return []
    return found.newest(offset=offset) if choice.is_newest else found.listed(offset=offset)


@bp.get("/<slug:slug>")
@requires(Permission.SEE, on=queries.by_slug)
def show(organisation: Organisation) -> Response:
    if organisation.status not in PUBLIC_STATES:
        private()
    return profile_page(organisation, nearness(current_person(), organisation))


def profile_page(organisation: Organisation, near: Nearness, *, preview: bool = False) -> Response:
    """The profile as somebody so near sees it; a preview is for its own people, without what only they can do."""
    areas = queries.areas_of(organisation)
    seen, joined = queries.seen_of(organisation, near), events.joined_by(organisation)
    member_pages, networks = Pagination.of_rows(joined.networks, NETWORKS, "networks")
    shown = projects.shown_of_organisation(organisation.id)
    return page(
        "organisations/show.html",
        languages=organisation.languages,
        organisation=organisation,
        details=showing.details(organisation, seen.said),
        terms=showing.lists(seen.said),
        websites=showing.websites(organisation, seen.said),
        support=showing.support(organisation, seen.said),
        linked=(
            showing.linked_data(organisation, seen.said, seen.contacts.shown)
            if organisation.status == OrganisationStatus.PUBLISHED
            else None
        ),
        areas=areas,
        networks=networks,
        added=said_on_profile(organisation, None if preview else current_person()),
        member_pages=member_pages,
        events=joined.coming,
        posts=news.latest_of_organisation(organisation.id),
        projects=shown,
        has_figures=bool(shown) and impact.has_totals(impact.of_organisation(organisation.id)),
        near=near,
        contacts=seen.contacts,
        listed=seen.listed,
        documents=documents.documents_seen(organisation, near),
        takes_messages=can(Permission.WRITE_TO, organisation),
        preview=preview,
        readers=reader_tabs(organisation.slug, near) if preview else [],
        gaps=_gaps(organisation, areas) if can(Permission.CONFIRM, organisation) else [],
        parts=PARTS,
        action=ActionForm() if any(can(one, organisation) for one in PRESSED) else None,
    )


def reader_tabs(slug: str, near: Nearness | None) -> list[tuple[str, str, bool]]:
    """Through whose eyes the profile can be looked at: (who, address, is it now)."""
    whole = (_("Overview"), url_for("organisations.who_sees", slug=slug), near is None)
    eyes = [
        (reader(one), url_for("organisations.who_sees", slug=slug, near=one.name.lower()), one is near)
        for one in OTHERS
    ]
    return [whole, *eyes]


PARTS = 8  # of a profile, beside what every one has


def _gaps(organisation: Organisation, areas: queries.Areas) -> list[tuple[str, str]]:
    """What a profile could have and has not, each with the page where it is added: at most `PARTS`."""
    slug, missing = organisation.slug, organisation.missing_languages
    work, links = (url_for("organisations.edit_section", slug=slug, section=code) for code in ("work", "links"))
    contacts, kinds = url_for("organisations.contacts", slug=slug), queries.kinds_of_contacts(organisation)
    parts = (
        (organisation.summary, _("one or two sentences for lists"), work),
        (organisation.description, _("what you do, in your own words"), work),
        (areas.works, _("where you work"), url_for("organisations.areas", slug=slug)),
        (organisation.logo_id, _("a logo"), url_for("organisations.logo", slug=slug)),
        (organisation.website, _("the address of a website"), links),
        (ContactKind.EMAIL in kinds, _("an e-mail address"), contacts),
        (ContactKind.PHONE in kinds, _("a telephone number"), contacts),
        (
            len(missing) < len(LANGUAGES) - 1, _("a second language"),
            url_for("organisations.translate", slug=slug, language=missing[0]) if missing else work,
        ),
    )  # fmt: skip
    return [(words, url) for there, words, url in parts if not there]


def slug_of_today(former: str) -> str | None:
    """Where a profile is now that was at this address, for whoever may know of it."""
    organisation = queries.by_former_slug(former)  # also that of a profile which was merged, for good
    return organisation.slug if organisation is not None and can(Permission.SEE, organisation) else None
