"""The side of those who decide: what waits, and one page for each case."""

from collections.abc import Callable

from flask import Response, request, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelCase, PanelCount, PanelLink, to_do_for
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import can, requires
from portal.membership import queries, services
from portal.membership.forms import DecisionForm
from portal.membership.models import Membership, Review
from portal.membership.policies import Permission
from portal.membership.queries import Task, TaskKind
from portal.membership.views.blueprint import bp
from portal.membership.views.letters import unreached
from portal.organisations import queries as organisations
from portal.organisations.fields import REVIEWED
from portal.organisations.policies import nearness
from portal.words.i18n import LazyString, _, _l, _n, _np, _p, formats

PAGE = 30
URGENT = 3  # cases on the page of the account
NAMED = 12  # networks of a coordinator that are named one by one
Decision = tuple[Callable[..., None], LazyString]
APPLICATIONS: dict[str, Decision] = {
    "accept": (services.accept, _l("Organisation accepted. The message is on its way.")),
    "ask": (services.ask_for_more, _l("Question sent. The application waits for the organisation.")),
    "decline": (services.decline, _l("Application declined. The message with the reason is on its way.")),
}


def home_panel(person: Person) -> Panel | None:
    """On the person's own page: the networks that they coordinate."""
    coordinated = queries.coordinated_networks(person)
    networks = [
        PanelLink(network.name, url_for("membership.show", slug=network.slug)) for network in coordinated[:NAMED]
    ]
    more = [PanelLink(_("All networks"), url_for("membership.networks"))] if len(coordinated) > NAMED else []
    return Panel(_("Networks that you coordinate"), (*networks, *more)) if networks else None


def waiting_panel(person: Person) -> Panel | None:
    """First on the page of who decides: how much waits, what is late, and the oldest cases."""
    if not can(Permission.SEE_TASKS, person=person):
        return None
    there, url = queries.decidable(person, limit=URGENT), url_for("membership.tasks")
    intime = there.all - there.late
    counts = (
        PanelCount(there.late, _np("count", "case is late", "cases are late", there.late), url, is_late=True),
        PanelCount(intime, _np("count", "case in time", "cases in time", intime), url),
    )
    return Panel(
        _("Waiting for you"),
        [PanelLink(_("To do"), url)],
        counts=[*(count for count in counts if count.number), *to_do_for(person)],
        cases=[_case_row(task) for task in there.first],
        empty=_("Nothing is waiting for you."),
        place=-1,
    )


def _case_row(task: Task) -> PanelCase:
    is_profile, left = task.kind == TaskKind.PROFILE, task.days_left
    days = _n("%(n)s day late", "%(n)s days late", -left) if left < 0 else _n("%(n)s day left", "%(n)s days left", left)
    return PanelCase(
        _("Profile to publish") if is_profile else _("Application for membership"),
        task.organisation.name,
        url_for("membership.review" if is_profile else "membership.case", number=task.number),
        _(
            "Reply by %(date)s: %(days)s",
            date=formats.date(task.reply_by, task.zone),
            days=days if left else _("today"),
        ),
        _p("button", "Read") if is_profile else _p("button", "Decide"),
        is_late=left < 0,
    )


@bp.get("/tasks")
@requires(Permission.SEE_TASKS)
def tasks() -> Response:
    private()
    asked, person = request.args.get("kind", ""), signed_in_person()
    kind = asked if asked in set(TaskKind) else ""
    counts = queries.task_counts(person)
    pages = Pagination.of_request(counts[TaskKind(kind)] if kind else sum(counts.values()), PAGE)
    networks = queries.coordinated_networks(person)
    return page(
        "membership/tasks.html",
        tasks=queries.tasks_of(person, kind, offset=pages.offset, limit=pages.size),
        pages=pages,
        kind=kind,
        counts={str(one): number for one, number in counts.items()},
        networks=networks[:NAMED],
        unnamed=len(networks[NAMED:]),
        beside=to_do_for(person),
    )


@bp.get("/tasks/applications/<int:number>")
@requires(Permission.SEE_CASE, on=queries.application)
def case(membership: Membership) -> Response:
    return _case_page(membership.id, DecisionForm(data={"version": membership.row_version}))


@bp.post("/tasks/applications/<int:number>")
@requires(Permission.DECIDE, on=queries.application)
def decide(membership: Membership) -> Response:
    form, number = DecisionForm(), membership.id
    service, done = APPLICATIONS.get(request.form.get("decision", ""), APPLICATIONS["ask"])
    if form.validate_on_submit():
        with form.refusals():
            service(membership, by=signed_in_person(), **form.values())
            flash(str(done))
            return redirect_to("membership.tasks")
    return _case_page(number, form)


def _case_page(number: int, form: DecisionForm) -> Response:
    private()
    membership = queries.application(number)
    assert membership is not None
    if form.status == 409:
        form.version.data = str(
            membership.row_version
        )  # the page shows this version now, so the next press may decide on it
    return page(
        "membership/case.html",
        form=form,
        membership=membership,
        events=queries.events_of(number),
        answers=queries.answers_of(number),
        unreached=unreached(membership),
    )


@bp.get("/tasks/profiles/<int:number>")
@requires(Permission.SEE_REVIEW, on=queries.review)
def review(review: Review) -> Response:
    return _review_page(review.id, DecisionForm(data={"version": review.organisation.row_version}))


@bp.post("/tasks/profiles/<int:number>")
@requires(Permission.DECIDE_REVIEW, on=queries.review)
def decide_review(review: Review) -> Response:
    form, number = DecisionForm(), review.id
    publish = request.form.get("decision") == "publish"
    if form.validate_on_submit():
        values = form.values()
        if publish:
            values.pop("reason")
        service: Callable[..., None] = services.publish_profile if publish else services.return_profile
        with form.refusals():
            service(review, by=signed_in_person(), **values)
            flash(
                _("Profile published.")
                if publish
                else _("Profile returned. The message with the reason is on its way.")
            )
            return redirect_to("membership.tasks")
    return _review_page(number, form)


def _review_page(number: int, form: DecisionForm) -> Response:
    private()
    found = queries.review(number)
    assert found is not None
    if form.status == 409:
        form.version.data = str(found.organisation.row_version)
    return page(
        "membership/review.html",
        form=form,
        review=found,
        organisation=found.organisation,
        facts=REVIEWED.facts(found.organisation),
        contacts=organisations.contacts_seen(
            found.organisation, nearness(signed_in_person(), found.organisation)
        ).shown,
        identifiers=organisations.identifiers_of(found.organisation),
    )
