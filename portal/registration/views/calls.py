"""The telephone of an event: what people without a mailbox are to be told, and what the team does as they say."""

from dataclasses import dataclass

from flask import Response, request

from portal import mail
from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.forms import ActionForm, whole_number
from portal.face.web import Pagination, flash, page, path_to, private, redirect_to
from portal.ground.authz import requires
from portal.ground.errors import Refusal
from portal.mail.rendering import Spoken
from portal.registration import queries, services
from portal.registration.event_form import registration_form
from portal.registration.forms import ChangeForm
from portal.registration.models import Registration
from portal.registration.policies import Permission
from portal.registration.queries import Call
from portal.registration.views.blueprint import bp
from portal.registration.views.own import groups_now, is_open, is_settled, own_values, untouched
from portal.words.i18n import _, _n

METHODS = ["GET", "POST"]


@dataclass(frozen=True, slots=True)
class _ToTell:
    """Somebody to call, and what to say, in the order in which it came."""

    call: Call
    words: list[Spoken]


@bp.route("/events/<slug:slug>/calls", methods=METHODS)
@requires(Permission.MAILS, on=events.by_slug)
def calls(event: Event) -> Response:
    """Whom somebody has to call, who is kept a place first; each with what a mail would have said."""
    private()
    form, slug = ActionForm(), event.slug
    if form.validate_on_submit():
        with form.refusals():
            _tell(event)
            return redirect_to("registration.calls", slug=slug)
    event = events.by_slug(slug) or event
    pages, shown = Pagination.of_rows(queries.calls(event.id))
    people = [_ToTell(call, [mail.said(one) for one in call.mails]) for call in shown]
    return page("registration/calls.html", event=event, form=form, people=people, pages=pages)


def _tell(event: Event) -> None:
    """The button says whom, and up to which message."""
    number, _colon, until = request.form.get("told", "").partition(":")
    told = services.tell(event, whole_number(number), until=whole_number(until), by=signed_in_person())
    if told:
        flash(_n("Noted: %(n)s message is told.", "Noted: %(n)s messages are told.", told))
    else:
        flash(_("This person has been told already. Nothing has changed."), "note")


def _to_file(slug: str, number: int) -> Response:
    return redirect_to("registration.person", slug=slug, number=number)


@bp.route("/events/<slug:slug>/participants/<int:number>/change", methods=METHODS)
@requires(Permission.ACT_FOR_PEOPLE, on=queries.registration_at)
def change_person(registration: Registration) -> Response:
    """The workshops, the name and the answers of somebody who calls."""
    private()
    number, event = registration.id, registration.event
    slug, held, who = event.slug, queries.places([number]), queries.origin_of(registration)
    if request.method == "GET" and not (is_open(registration) and is_settled(registration, held)):
        return _to_file(slug, number)
    groups = groups_now(event.id, held, who)
    form = registration_form(ChangeForm, event, groups, registration.answer_set_id, data=own_values(registration))
    if not form.only_looks and form.validate_on_submit():
        try:
            values = form.values()
            wanted = [*values["wanted"], *untouched(form, held)]
            services.act_for(
                number, lambda: services.change(number, **{**values, "wanted": wanted}), by=signed_in_person()
            )
            flash(_("Changes saved."))
            return _to_file(slug, number)
        except Refusal as refusal:
            form.refuse(refusal)
            form.renew(groups_now(event.id, queries.places([number]), who))
    registration = queries.registration_at(slug, number) or registration
    return page(
        "registration/change_person.html", form=form, status=form.shown_status, event=registration.event,
        registration=registration, back=path_to("registration.person", slug=slug, number=number),
    )  # fmt: skip


@bp.post("/events/<slug:slug>/participants/<int:number>/accept")
@requires(Permission.ACT_FOR_PEOPLE, on=queries.registration_at)
def accept_for_person(registration: Registration) -> Response:
    """Take the place that is kept for somebody who calls: at the event, or in the session that the button names."""
    number, slug, form = registration.id, registration.event.slug, ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            taken = services.act_for(number, lambda: _accept(number), by=signed_in_person())
            flash(_("The place is theirs.") if taken else _("They have this place already."))
    return _back(form, slug, number)


def _accept(number: int) -> bool:
    session = request.form.get("session")
    if session is None:
        return services.accept(number)
    return services.accept_place(number, session_id=whole_number(session))


@bp.post("/events/<slug:slug>/participants/<int:number>/come")
@requires(Permission.ACT_FOR_PEOPLE, on=queries.registration_at)
def come_for_person(registration: Registration) -> Response:
    """Somebody says on the telephone that they come."""
    number, slug, form = registration.id, registration.event.slug, ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            services.act_for(number, lambda: services.come(number), by=signed_in_person())
            flash(_("Noted: this person comes."))
    return _back(form, slug, number)


def _back(form: ActionForm, slug: str, number: int) -> Response:
    """To the file, with what was refused."""
    for _control, words in form.problems:
        flash(str(words), "warn")
    return _to_file(slug, number)
