"""What people need to take part: their own page, the list of the access coordinator, and numbers for the caterer."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.forms import ActionForm
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import by_link, requires
from portal.ground.links import LinkToken
from portal.registration import mails, promises, queries, services
from portal.registration.models import Need, Registration
from portal.registration.needs import FEW, in_sessions
from portal.registration.needs_form import TITLES, NeedAnswerForm, NeedsForm, NeedsOfSomebodyForm, needs_form
from portal.registration.policies import Permission
from portal.registration.views.blueprint import bp
from portal.registration.views.own import is_open, of_link, own_token
from portal.words.i18n import _

FORGET = "forget"


@bp.route("/registration/<token>/needs", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=of_link)
def own_needs(registration: Registration, link: LinkToken) -> Response:
    known, event = queries.needs_of(registration.id), registration.event
    form = needs_form(known)
    readers = queries.access_coordinators(event.id)
    if form.validate_on_submit():
        with form.refusals():
            services.ask(
                registration.id, kinds=form.kinds, note=(form.note.data or "").strip(), agrees=bool(form.agrees.data)
            )
            is_kept = bool(queries.needs_of(registration.id))
            flash(
                _("Saved. The access coordinator of the event reads it, and nobody else.")
                if is_kept
                else _("Saved. Nothing is kept here any more.")
            )
            return redirect_to("registration.own_needs", token=own_token())
    return page(
        "registration/own_needs.html", form=form, event=event, known=known, token=own_token(), titles=TITLES,
        promise=promises.of_role(event, registration.role),
        is_open=is_open(registration), has_reader=bool(readers), action=ActionForm(),
    )  # fmt: skip


@bp.route("/events/<slug:slug>/participants/<int:number>/needs", methods=["GET", "POST"])
@requires(Permission.ACT_FOR_PEOPLE, on=queries.registration_at)
def needs_for_person(registration: Registration) -> Response:
    """Write down what somebody needs who calls; what is there already is not shown, and can only be deleted as a whole."""
    private()
    event, number = registration.event, registration.id
    slug = event.slug
    if request.method == "GET" and not is_open(registration):
        return redirect_to("registration.person", slug=slug, number=number)
    form = needs_form((), NeedsOfSomebodyForm)
    if form.validate_on_submit():
        with form.refusals():
            _write_down(number, form)
            return redirect_to("registration.person", slug=slug, number=number)
    registration = queries.registration_at(slug, number) or registration
    return page(
        "registration/needs_for_person.html", form=form, event=registration.event, registration=registration, titles=TITLES,
        has_reader=bool(queries.access_coordinators(registration.event_id)), forget=FORGET, action=ActionForm(),
        promise=promises.of_role(registration.event, registration.role),
    )  # fmt: skip


def _write_down(number: int, form: NeedsForm) -> None:
    by = signed_in_person()
    if request.form.get("act") == FORGET:
        services.forget_needs(number, by=by)
        flash(_("Nothing of what this person needs is kept any more."))
        return
    note = (form.note.data or "").strip()
    services.ask_for(number, kinds=form.kinds, note=note, agrees=bool(form.agrees.data), by=by)
    flash(_("Saved. The access coordinator of the event reads it, and nobody else."))


@bp.post("/registration/<token>/needs/<int:number>/confirm")
@by_link(mails.MANAGE, on=of_link)
def confirm_need(registration: Registration, link: LinkToken, number: int) -> Response:
    if not ActionForm().validate_on_submit() or not services.confirm_need(registration.id, number):
        flash(_("The page was open too long. Nothing has changed: please use the button again."), "note")
    else:
        flash(_("Thank you. The access coordinator sees that it is settled."))
    return redirect_to("registration.own_needs", token=own_token())


@bp.route("/events/<slug:slug>/needs", methods=["GET", "POST"])
@requires(Permission.NEEDS, on=events.by_slug)
def needs(event: Event) -> Response:
    """How many there are; what they are only after a button, because every look stands in the audit trail."""
    private()
    slug = event.slug
    if ActionForm().validate_on_submit():
        services.note_look(event, by=signed_in_person())
        return redirect_to("registration.needs_list", slug=slug)
    return page("registration/needs.html", event=event, numbers=queries.need_numbers(event.id), form=ActionForm())


@bp.get("/events/<slug:slug>/needs/list")
@requires(Permission.NEEDS, on=events.by_slug)
def needs_list(event: Event) -> Response:
    """Everything, for somebody whose look has been noted some minutes ago; an older address leads back to the button."""
    private()
    if not queries.has_looked(event.id, signed_in_person()):
        return redirect_to("registration.needs", slug=event.slug)
    found = queries.needs_of_event(event.id)
    held = queries.places_by_person(event.id, only={need.registration_id for need in found})
    return page(
        "registration/needs_list.html", event=event, needs=found, held=held, in_sessions=in_sessions,
        lacks=queries.lacks(event), clash={"guide-dog", "allergy"} <= {need.kind for need in found},
    )  # fmt: skip


@bp.route("/events/<slug:slug>/needs/<int:number>", methods=["GET", "POST"])
@requires(Permission.NEEDS, on=queries.need_of)
def answer_need(need: Need) -> Response:
    private()
    event, number = need.registration.event, need.id
    slug = event.slug
    if not queries.has_looked(event.id, signed_in_person()):
        return redirect_to("registration.needs", slug=slug)
    form = NeedAnswerForm(data={"state": need.status, "how": need.answer or "", "version": need.row_version})
    if form.validate_on_submit():
        with form.refusals():
            values = form.values()
            services.answer(
                need, version=values["version"], status=values["state"], how=values["how"], by=signed_in_person()
            )
            flash(_("The answer is saved, and an e-mail says that there is one."))
            return redirect_to("registration.needs_list", slug=slug)
    need = queries.need_of(slug, number) or need
    return page("registration/need.html", form=form, event=need.registration.event, need=need)


@bp.get("/events/<slug:slug>/meals")
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def meals(event: Event) -> Response:
    """Numbers for the caterer, in which nobody can be recognised."""
    private()
    return page("registration/meals.html", event=event, meals=queries.meals(event.id), few=FEW)
