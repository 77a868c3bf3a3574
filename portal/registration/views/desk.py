"""What the team of an event does for whoever calls."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.forms import ActionForm
from portal.face.web import flash, page, private, redirect_to
from portal.ground import clock, limits
from portal.ground.authz import requires
from portal.ground.errors import Refusal
from portal.registration import queries, services
from portal.registration.desk_forms import AddPersonForm, AddressForm
from portal.registration.event_form import registration_form
from portal.registration.forms import groups_of
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.policies import Permission
from portal.registration.views.blueprint import bp
from portal.words.i18n import _

METHODS = ["GET", "POST"]


def _to_file(slug: str, number: int) -> Response:
    return redirect_to("registration.person", slug=slug, number=number)


@bp.route("/events/<slug:slug>/participants/new", methods=METHODS)
@requires(Permission.ACT_FOR_PEOPLE, on=events.by_slug)
def add_person(event: Event) -> Response:
    private()
    places = queries.event_places(event.id)
    state, must_wait = events.registration_now(event, is_full=places is not None and places.is_full), False
    form = registration_form(AddPersonForm, event, groups_of(queries.workshops(event.id)))
    if not form.only_looks and form.validate_on_submit():
        try:
            return _add(event, form)
        except Refusal as refusal:
            form.refuse(refusal)
            must_wait = isinstance(refusal, services.MustWait)
            form.renew(groups_of(queries.workshops(event.id)))
            places = queries.event_places(event.id)
    full = must_wait or (places is not None and places.free <= 0)
    form.accepts_waiting.data = "yes" if full else ""
    return page(
        "registration/add_person.html", form=form, status=form.shown_status, event=event, state=state, full=full,
        places=places,
    )  # fmt: skip


def _add(event: Event, form: AddPersonForm) -> Response:
    slug = event.slug
    if form.email.data:
        limits.check("mail", address=form.email.data)
    done = services.add(event, by=signed_in_person(), **form.values())
    if done.is_known:
        flash(_("This person is registered with this address already. Here is the registration."), "note")
    else:
        flash(_added(done.status))
        flash(_by_telephone() if not form.email.data else _("A message is on its way."), "note")
    return _to_file(slug, done.registration_id)


def _added(status: str) -> str:
    if status == RegistrationStatus.PENDING:
        return _("Added. The team decides on this registration.")
    if status == RegistrationStatus.WAITING:
        return _("Added. This person is on the waiting list of the event.")
    return _("Added. This person has a place.")


def _by_telephone() -> str:
    return _(
        "There is no e-mail address. What a message would say stands under “To tell by telephone”, now and whenever "
        "something changes."
    )


@bp.route("/events/<slug:slug>/participants/<int:number>/cancel", methods=METHODS)
@requires(Permission.ACT_FOR_PEOPLE, on=queries.registration_at)
def cancel_person(registration: Registration) -> Response:
    private()
    event, number, form = registration.event, registration.id, ActionForm()
    slug = event.slug
    if request.method == "GET" and (registration.status not in queries.ACTIVE or event.ends_at <= clock.now()):
        return _to_file(slug, number)
    if form.validate_on_submit():
        with form.refusals():
            if services.cancel_for(number, by=signed_in_person()):
                flash(_("Cancelled. Whoever waits for these places gets them, and a message is on its way."))
            else:
                flash(_("This registration was cancelled before. Nothing has changed."), "note")
            return _to_file(slug, number)
    registration = queries.registration_at(slug, number) or registration
    return page(
        "registration/cancel_person.html", form=form, event=registration.event, registration=registration,
        places=queries.places([number]),
    )  # fmt: skip


@bp.route("/events/<slug:slug>/participants/<int:number>/address", methods=METHODS)
@requires(Permission.ACT_FOR_PEOPLE, on=queries.registration_at)
def correct_address(registration: Registration) -> Response:
    private()
    number, slug = registration.id, registration.event.slug
    form = AddressForm(data={"email": registration.address, "version": registration.row_version})
    if form.validate_on_submit():
        with form.refusals():
            limits.check("mail", address=form.email.data)
            if services.correct_address(number, by=signed_in_person(), **form.values()):
                flash(_("Saved. The link goes to the new address, and earlier links no longer work."))
            else:
                flash(_("This is the address that was there before. Nothing has changed."), "note")
            return _to_file(slug, number)
    registration = queries.registration_at(slug, number) or registration
    return page("registration/correct_address.html", form=form, event=registration.event, registration=registration)


@bp.post("/events/<slug:slug>/participants/<int:number>/link")
@requires(Permission.ACT_FOR_PEOPLE, on=queries.registration_at)
def send_link_to(registration: Registration) -> Response:
    number, slug, address = registration.id, registration.event.slug, registration.address
    if ActionForm().validate_on_submit():
        limits.check("mail", address=address)
        services.send_link_to(number, by=signed_in_person())
        flash(_("The link is on its way to %(address)s.", address=address))
    return _to_file(slug, number)
