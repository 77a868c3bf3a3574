"""The delegations of an event, for those who run it."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.registration import queries, services
from portal.registration.delegation_forms import AnswerForm
from portal.registration.models import Delegation, DelegationStatus
from portal.registration.policies import Permission
from portal.registration.views.blueprint import bp
from portal.words.i18n import _

APPROVE, REJECT = "approve", "reject"


@bp.get("/events/<slug:slug>/delegations")
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def delegations(event: Event) -> Response:
    private()
    return page("registration/delegations.html", event=event, lines=queries.delegation_lines(event.id))


@bp.route("/events/<slug:slug>/delegations/<int:number>", methods=["GET", "POST"])
@requires(Permission.DECIDE, on=queries.delegation_in_event)
def answer_delegation(delegation: Delegation) -> Response:
    """Accept it or not, or cancel it, with a reason."""
    private()
    form, slug, number = AnswerForm(), delegation.event.slug, delegation.id
    if form.validate_on_submit():
        with form.refusals():
            _answer(number, form.reason.data or "")
            return redirect_to("registration.delegations", slug=slug)
    delegation = queries.delegation_in_event(slug, number) or delegation
    return page(
        "registration/answer_delegation.html", form=form, event=delegation.event, delegation=delegation,
        is_pending=delegation.status == DelegationStatus.PENDING, is_live=delegation.status in queries.LIVE_DELEGATIONS,
    )  # fmt: skip


def _answer(number: int, reason: str) -> None:
    by, act = signed_in_person(), request.form.get("act")
    if act == APPROVE:
        services.approve_delegation(number, by=by)
        flash(_("The delegation is accepted, and the e-mail is on its way."))
    elif act == REJECT:
        services.reject_delegation(number, reason=reason, by=by)
        flash(_("The delegation is not accepted, and the e-mail is on its way."))
    else:
        services.cancel_delegation(number, reason=reason, by=by)
        flash(_("The delegation is cancelled. Whoever was named keeps the place."))
