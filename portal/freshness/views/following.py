"""Profiles that nobody confirms, for those who follow them up."""

from flask import Response, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import PanelCount
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.freshness import queries, services
from portal.freshness.forms import ProposalForm
from portal.freshness.policies import Permission
from portal.freshness.views.blueprint import bp
from portal.ground.authz import requires
from portal.membership import queries as membership
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.organisations.policies import nearness
from portal.words.i18n import _, _np

PAGE = 30


def waiting(person: Person) -> PanelCount:
    """Beside what else waits for somebody who decides."""
    number = queries.number_of_cases(person)
    words = _np("count", "profile that nobody confirms", "profiles that nobody confirms", number)
    return PanelCount(number, words, url_for("freshness.unconfirmed"))


@bp.get("/tasks/unconfirmed")
@requires(Permission.SEE_LIST)
def unconfirmed() -> Response:
    private()
    person = signed_in_person()
    pages = Pagination.of_request(queries.number_of_cases(person), PAGE)
    cases = queries.cases_of(person, offset=pages.offset, limit=pages.size)
    return page("freshness/unconfirmed.html", cases=cases, pages=pages)


@bp.route("/tasks/unconfirmed/<slug:slug>", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP, on=organisations.by_slug)
def case(organisation: Organisation) -> Response:
    private()
    form = ProposalForm()
    if form.validate_on_submit():
        with form.refusals():
            services.propose_closing(organisation, by=signed_in_person(), **form.values())
            flash(_("Proposal sent to the portal team, and to whoever manages the profile."))
            return redirect_to("freshness.unconfirmed")
    return page(
        "freshness/case.html",
        form=form,
        organisation=organisation,
        silence=queries.silence_of(organisation),
        proposal=queries.proposal_for(organisation),
        is_reached=bool(queries.can_be_asked(organisation.id)),
        networks=membership.networks_of([organisation.id])[organisation.id],
        contacts=organisations.contacts_seen(organisation, nearness(signed_in_person(), organisation)).shown,
    )
