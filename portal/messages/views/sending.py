"""One message: whom it reaches, a test to oneself, sending it and watching that."""

from flask import Response, abort, url_for

from portal.accounts.session import signed_in_person
from portal.declaration import Json, Words
from portal.face.forms import ActionForm, whole_number
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.messages import queries, services
from portal.messages.forms import SendForm
from portal.messages.models import Delivered, Message, MessageStatus
from portal.messages.policies import Permission
from portal.messages.views.blueprint import bp
from portal.words.i18n import LazyString, _, _l, _ln, _n, formats

MANY = 0.2  # part of the people, from which on it is said first that they do not read the language
BECAME: dict[str, LazyString] = {
    Delivered.UNWANTED: _l("They want no such messages:"),
    Delivered.UNREACHED: _l("Mails to their address come back:"),
    Delivered.NO_ADDRESS: _l("They have no e-mail address here:"),
    Delivered.FAILED: _l("Their mail could not be made, the portal team sees why:"),
}


@bp.get("/messages/<int:number>")
@requires(Permission.SEE, on=queries.message)
def show(message: Message) -> Response:
    return _shown(message, SendForm(data={"version": message.row_version}))


@bp.post("/messages/<int:number>/send")
@requires(Permission.SEND, on=queries.message)
def send(message: Message) -> Response:
    number, form = message.id, SendForm()
    if form.validate_on_submit():
        with form.refusals():
            services.send(message, version=whole_number(form.version.data), by=signed_in_person())
            flash(_("The message is on its way."))
            return redirect_to("messages.show", number=number)
    message = queries.message(number) or abort(404)
    form.version.data = str(message.row_version)  # the page shows this version now, so the next press may send it
    return _shown(message, form)


@bp.post("/messages/<int:number>/test")
@requires(Permission.SEND, on=queries.message)
def test(message: Message) -> Response:
    number, person, form = message.id, signed_in_person(), ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            sent = services.send_test(message, by=person)
            flash(
                _n(
                    "The test is on its way to %(address)s, in %(n)s language.",
                    "The test is on its way to %(address)s, in %(n)s languages.",
                    sent,
                    address=person.address,
                )
            )
            return redirect_to("messages.show", number=number)
    return _back(form, number)


@bp.post("/messages/<int:number>/stop")
@requires(Permission.SEND, on=queries.message)
def stop(message: Message) -> Response:
    number, form = message.id, ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            services.stop(message, by=signed_in_person())
            flash(_("The sending has been stopped. It can go on at any time, and nobody gets the message twice."))
            return redirect_to("messages.show", number=number)
    return _back(form, number)


@bp.post("/messages/<int:number>/resume")
@requires(Permission.SEND, on=queries.message)
def resume(message: Message) -> Response:
    number, form = message.id, ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            services.resume(message, by=signed_in_person())
            flash(_("The sending goes on."))
            return redirect_to("messages.show", number=number)
    return _back(form, number)


def told(result: Json) -> list[Words]:
    """How many got it and how many did not, in the language of the reader: for the page of the task."""
    became = result["became"]
    written = became.get(Delivered.WRITTEN, 0)
    return [
        _ln("%(n)s person gets the message.", "%(n)s people get the message.", written),
        *(f"{words} {formats.number(became[code])}" for code, words in BECAME.items() if became.get(code)),
    ]


def page_of_task(arguments: Json) -> str:
    """The message that a task sends."""
    return url_for("messages.show", number=arguments["message"])


def _back(form: ActionForm, number: int) -> Response:
    """The page as it is now, which says why the button did nothing."""
    for _control, reason in form.problems:
        flash(str(reason), "note")
    return redirect_to("messages.show", number=number)


def _shown(message: Message, form: SendForm) -> Response:
    private()
    place, audience = queries.place_of(message) or abort(404), queries.audience_of(message)
    is_draft = message.status == MessageStatus.DRAFT
    reach = (
        queries.reach(message, place.kind.mail, audience)
        if audience and (is_draft or message.status == MessageStatus.STOPPED)
        else None
    )
    return page(
        "messages/show.html",
        form=form,
        message=message,
        place=place,
        audience=audience,
        narrowed=queries.narrowed_words(place, message),
        reach=reach,
        many=bool(reach and reach.others >= MANY * max(reach.people, 1)),
        became={} if is_draft else queries.became([message.id])[message.id],
        written_in=[] if is_draft else queries.written_in(message.id),
        task=queries.task_of(message),
        person=queries.person_behind(message),
        words_of=BECAME,
        unmailed=place.kind.unmailed(place.row),
        action=ActionForm(),
        zone=formats.home_zone(signed_in_person().locale),
    )
