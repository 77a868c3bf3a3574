"""For whom seats are kept: for the organisers of an event."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.forms import ActionForm
from portal.face.web import flash, page, private, redirect_to
from portal.ground import clock
from portal.ground.authz import requires
from portal.registration import queries, services
from portal.registration.policies import Permission
from portal.registration.queries import EventReserve, SessionCount
from portal.registration.reserve_forms import EditReserveForm, NewReserveForm
from portal.registration.views.blueprint import bp
from portal.words.i18n import _

METHODS = ["GET", "POST"]


@bp.get("/events/<slug:slug>/reserves")
@requires(Permission.RESERVES, on=events.by_slug)
def reserves(event: Event) -> Response:
    private()
    return page(
        "registration/reserves.html", event=event, lines=queries.reserve_lines(event.id),
        can_keep=event.asks_organisation and (event.seats is not None or bool(_sessions(event))),
    )  # fmt: skip


@bp.route("/events/<slug:slug>/reserves/new", methods=METHODS)
@requires(Permission.RESERVES, on=events.by_slug)
def new_reserve(event: Event) -> Response:
    private()
    slug, effect = event.slug, None
    form = NewReserveForm(event.seats is not None, _sessions(event), data={"where": request.args.get("where", "")})
    if form.validate_on_submit():
        with form.refusals():
            session = events.session_of(slug, form.session_id) if form.session_id else None
            if form.is_to_be_saved:
                services.reserve(
                    event, session=session, organisations=form.names, by=signed_in_person(), **form.described
                )
                flash(_("These places are kept now."))
                return redirect_to("registration.reserves", slug=slug)
            effect = services.effect(event, session, form.described, form.names)
            form.shown.data = form.fingerprint
    return page(
        "registration/new_reserve.html",
        form=form,
        status=422 if effect else 200,
        event=events.by_slug(slug),
        effect=effect,
    )


@bp.route("/events/<slug:slug>/reserves/<int:number>", methods=METHODS)
@requires(Permission.RESERVES, on=queries.reserve_of)
def edit_reserve(kept: EventReserve) -> Response:
    private()
    slug, number, effect = kept.event.slug, kept.id, None
    form = EditReserveForm.of(kept)
    session = events.session_of(slug, kept.row.session_id) if kept.row.session_id else None
    if form.validate_on_submit():
        with form.refusals():
            if form.is_to_be_saved:
                services.change_reserve(
                    kept, version=form.seen, organisations=form.names, by=signed_in_person(), **form.described
                )
                flash(_("Changes saved."))
                return redirect_to("registration.reserves", slug=slug)
            effect = services.effect(kept.event, session, form.described, form.names, known=kept)
            form.shown.data = form.fingerprint
    return page(
        "registration/edit_reserve.html", form=form, status=422 if effect else 200, event=events.by_slug(slug),
        effect=effect, number=number, session=session, action=ActionForm(),
    )  # fmt: skip


@bp.post("/events/<slug:slug>/reserves/<int:number>/remove")
@requires(Permission.RESERVES, on=queries.reserve_of)
def remove_reserve(kept: EventReserve) -> Response:
    slug = kept.event.slug
    if ActionForm().validate_on_submit() and services.remove_reserve(kept, by=signed_in_person()):
        flash(_("The places are open to everybody now. Whoever waited and fits in has one."))
    return redirect_to("registration.reserves", slug=slug)


def _sessions(event: Event) -> list[SessionCount]:
    """In which seats can still be kept."""
    return [one for one in queries.session_counts(event.id) if one.span.starts > clock.now()]
