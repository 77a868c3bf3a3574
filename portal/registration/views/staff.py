"""Who is asked to come: for those who run the event."""

from collections.abc import Sequence

from flask import Response

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.web import Pagination, client_ip, flash, page, private, redirect_to
from portal.ground import limits
from portal.ground.authz import requires
from portal.ground.errors import Refusal
from portal.registration import queries, services
from portal.registration.forms import CHANGED, InviteForm
from portal.registration.invitees import FILE, PROBLEMS, Invitee
from portal.registration.policies import Permission
from portal.registration.services import Standing
from portal.registration.views.blueprint import bp
from portal.words.i18n import _l, _n

PAGE = 100
NOBODY_NEW = _l("Nobody in this list needs an invitation. The page says why.")
NOT_USABLE = _l("Correct the lines that cannot be used, or choose that they are left out.")


@bp.route("/events/<slug:slug>/invite", methods=["GET", "POST"])
@requires(Permission.INVITE, on=events.by_slug)
def invite(event: Event) -> Response:
    private()
    form, judged = InviteForm(), list[services.Judged]()
    slug = event.slug
    if form.validate_on_submit():
        with form.refusals():
            invitees = form.read()
            judged = services.judge(event.id, invitees, form.language.data)
            if form.is_sent:
                _check(form, judged)
                _send(event, invitees, form.language.data)
                return redirect_to("registration.invite", slug=slug)
        form.seen.data = form.fingerprint
    return _invite_page(event, form, judged)


def _check(form: InviteForm, judged: Sequence[services.Judged]) -> None:
    """Raises Refusal unless the list is the one that was shown, with somebody to invite and nothing that would be lost."""
    if not form.was_seen:
        raise Refusal(CHANGED)
    if any(one.standing == Standing.PROBLEM for one in judged) and not form.leave_out.data:
        raise Refusal(NOT_USABLE, field="leave_out")
    if not any(one.standing == Standing.NEW for one in judged):
        raise Refusal(NOBODY_NEW)


def _send(event: Event, invitees: Sequence[Invitee], language: str) -> None:
    limits.check("mail", ip=client_ip())
    sent = services.invite(event, by=signed_in_person(), invitees=invitees, language=language)
    flash(_n("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent))


def _invite_page(event: Event, form: InviteForm, judged: Sequence[services.Judged]) -> Response:
    state = events.registration_now(event)
    pages = Pagination.of_request(queries.invited_number(event.id), PAGE, name="invited")
    return page(
        "registration/invite.html", form=form, status=422 if judged else 200, event=event, state=state, judged=judged,
        problems=PROBLEMS, bounds=FILE, most=services.MANY, pages=pages,
        invited=queries.invited(event.id, offset=pages.offset, limit=pages.size),
    )  # fmt: skip
