"""The page of a task and the list of one's own: they work without JavaScript, and nothing on them moves by itself."""

from flask import Blueprint, Response, request, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelLink, TaskKind, Words, task_kind
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, private, redirect_to
from portal.ground.authz import requires, signed_in
from portal.tasks import queries, services
from portal.tasks.models import Task
from portal.tasks.policies import Permission
from portal.words.i18n import _, _l, formats

bp = Blueprint("tasks", __name__)

LATEST = 3  # tasks on the page of the account
EVERY = 10  # seconds between two looks of a page that was asked to look by itself
UNNAMED = _l("Work of an earlier version of the portal")
REASONS = {
    services.STUCK: _l("It stopped again and again at the same place. What was done by then stays done."),
    services.UNKNOWN: _l("This version of the portal does not know this kind of work any more."),
}


def home_panel(person: Person) -> Panel | None:
    """On the person's own page: what is running for them."""
    running = queries.open_tasks_of(person)
    links = [PanelLink(title_of(task), url_for("tasks.show", number=task.id), _note(task)) for task in running[:LATEST]]
    return Panel(_("What is running"), links) if links else None


def _note(task: Task) -> str:
    return _("%(done)s of %(total)s", done=formats.number(task.done), total=formats.number(task.total))


def title_of(task: Task) -> Words:
    """What the work is, for people."""
    kind = task_kind(task.kind)
    return kind.title if kind else UNNAMED


def _reason(task: Task, kind: TaskKind | None) -> Words:
    """Why it failed. A code that nobody knows any more is told as what it is: it stopped."""
    known = {**REASONS, **(kind.reasons if kind else {})}
    return known.get(task.error, REASONS[services.STUCK])


@bp.get("/tasks/running")
@signed_in
def mine() -> Response:
    private()
    person = signed_in_person()
    pages, tasks = Pagination.of_rows(queries.tasks_of(person), 20)
    return page(
        "tasks/mine.html", tasks=tasks, pages=pages, title_of_task=title_of, zone=formats.home_zone(person.locale)
    )


@bp.get("/tasks/<int:number>")
@requires(Permission.SEE, on=queries.task)
def show(task: Task) -> Response:
    """How far it is. `?look=yes` looks again by itself, because somebody has asked for that: nothing else reloads."""
    private()
    kind = task_kind(task.kind)
    looks = task.is_open and request.args.get("look") == "yes"
    answer = page(
        "tasks/show.html",
        task=task,
        task_title=title_of(task),
        told=kind.told(task.result) if kind and task.result else (),
        reason=_reason(task, kind) if task.error else "",
        about=kind.page(task.arguments) if kind else None,
        action=ActionForm(),
        looks=looks,
        every=EVERY,
        kept=services.KEPT.days,
        zone=formats.home_zone(signed_in_person().locale),
    )
    if looks:
        answer.headers["Refresh"] = str(EVERY)
    return answer


@bp.post("/tasks/<int:number>/cancel")
@requires(Permission.CANCEL, on=queries.task)
def cancel(task: Task) -> Response:
    form, number = ActionForm(), task.id
    if form.validate_on_submit():
        with form.refusals():
            services.cancel(task, by=signed_in_person())
            flash(_("Stopped. What was done by then stays done."))
            return redirect_to("tasks.show", number=number)
    for _control, reason in form.problems:
        flash(str(reason), "note")
    return redirect_to("tasks.show", number=number)
