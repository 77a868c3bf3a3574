"""Who asks to take part where the team decides, and its answers."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.web import Pagination, flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.registration import queries, services
from portal.registration.models import RegistrationStatus
from portal.registration.policies import Permission
from portal.registration.services import Decided
from portal.registration.ticked_forms import RequestsForm, requests_form
from portal.registration.views.blueprint import bp
from portal.words.i18n import _, _n

PAGE = 50
APPROVE, REJECT = "approve", "reject"


@bp.route("/events/<slug:slug>/requests", methods=["GET", "POST"])
@requires(Permission.DECIDE, on=events.by_slug)
def requests(event: Event) -> Response:
    """Those who ask for a place; `?people=12,15` are some of them, ticked."""
    private()
    ticked = queries.ticked(request.args.get("people", ""))
    found = queries.people(event, queries.Chosen(state=RegistrationStatus.PENDING, people=ticked))
    pages = Pagination.of_request(found.number, PAGE)
    people = found.rows(offset=pages.offset, limit=pages.size)
    form = requests_form(people, ticked)
    slug = event.slug
    if form.validate_on_submit():
        with form.refusals():
            _say(_decide(event, form))
            return redirect_to("registration.requests", slug=slug)
    return page(
        "registration/requests.html", event=event, form=form, requests=people, pages=pages, ticked=ticked,
        wishes=queries.wishes_by_person([one.id for one in people]), places=queries.event_places(event.id),
    )  # fmt: skip


def _decide(event: Event, form: RequestsForm) -> Decided:
    by = signed_in_person()
    if request.form.get("act") == REJECT:
        return services.reject(event, form.numbers, reason=form.reason.data or "", by=by)
    return services.approve(event, form.numbers, by=by)


def _say(decided: Decided) -> None:
    if decided.done:
        flash(
            _n(
                "%(n)s request is answered, and the e-mail is on its way.",
                "%(n)s requests are answered, and the e-mails are on their way.",
                decided.done,
            )
        )
    if decided.before:
        flash(
            _n(
                "%(n)s request was answered or withdrawn before. Nothing has changed there.",
                "%(n)s requests were answered or withdrawn before. Nothing has changed there.",
                decided.before,
            ),
            "note",
        )
    if decided.failed:
        flash(_("Not everything could be answered. What is left stands in the list; please try it again."), "error")
