"""The log of a sender, and writing a message in one language after the other."""

from flask import Response, abort, request

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.messages import forms, queries, services
from portal.messages.models import Message, MessageStatus
from portal.messages.policies import Permission
from portal.messages.queries import Place
from portal.messages.views.blueprint import bp
from portal.words.i18n import LANGUAGES, _, current_language, formats
from portal.words.vocabularies import language_name

METHODS = ["GET", "POST"]
PAGE = 20
LONGEST_CODE = 2000  # two hundred numbers of people


@bp.get("/messages/<sender>/<slug:slug>")
@requires(Permission.WRITE, on=queries.place_at)
def index(place: Place) -> Response:
    """What was written in this name: drafts first, then who sent what and when, to how many."""
    private()
    pages = Pagination.of_request(queries.count_of(place), PAGE)
    rows = queries.messages_of(place, offset=pages.offset, limit=pages.size)
    return page(
        "messages/index.html", place=place, rows=rows, pages=pages,
        became=queries.became([message.id for message, _person in rows]), zone=_zone(),
        audiences={one.code: one.label for one in place.kind.audiences},
        narrowed={message.id: queries.narrowed_words(place, message) for message, _person in rows},
    )  # fmt: skip


@bp.route("/messages/<sender>/<slug:slug>/new", methods=METHODS)
@requires(Permission.WRITE, on=queries.place_at)
def new(place: Place) -> Response:
    audience, narrowed = _asked_for(place)
    start = {"language": current_language(), "audience": audience, **forms.chosen_before(narrowed)}
    form = forms.offering(forms.NewMessageForm, place, narrowed)(data=start)
    if form.validate_on_submit():
        with form.refusals():
            message = services.create(place, by=signed_in_person(), **form.values())
            flash(_("Draft saved. Nothing has been sent yet."))
            return redirect_to("messages.show", number=message.id)
    return page("messages/new.html", form=form, place=place)


@bp.route("/messages/<int:number>/edit", methods=METHODS)
@requires(Permission.EDIT, on=queries.message)
def edit(message: Message) -> Response:
    """The words in the language of the address (`?text=bg`), the original one without it."""
    number, place = message.id, _place(message)
    if message.status != MessageStatus.DRAFT:
        return redirect_to("messages.show", number=number)
    asked = request.args.get("text", "")
    language = asked if asked in LANGUAGES else message.subject.original
    form: forms.EditMessageForm | forms.TranslateMessageForm
    if language == message.subject.original:
        offered = forms.offering(forms.EditMessageForm, place, message.narrowed)
        form = offered.on(message, language, audience=message.audience, **forms.chosen_before(message.narrowed))
    else:
        form = forms.TranslateMessageForm.on(message, language)
    if form.validate_on_submit():
        with form.refusals():
            services.update(message, language=language, by=signed_in_person(), **form.values())
            flash(_("Saved: %(language)s", language=language_name(language)))
            return redirect_to("messages.show", number=number)
    message = queries.message(number) or message
    return page("messages/edit.html", form=form, message=message, place=place, language=language)


@bp.route("/messages/<int:number>/delete", methods=METHODS)
@requires(Permission.EDIT, on=queries.message)
def delete(message: Message) -> Response:
    form, place, number = ActionForm(), _place(message), message.id
    if form.validate_on_submit():
        with form.refusals():
            services.delete(message, by=signed_in_person())
            flash(_("Draft deleted."))
            return redirect_to("messages.index", sender=place.kind.code, slug=place.slug)
    return page("messages/delete.html", form=form, message=queries.message(number), place=place)


def _asked_for(place: Place) -> tuple[str, dict[str, str]]:
    """The audience and narrowings that the address chooses beforehand: `?audience=waiting&session=12`, from a list of
    people for example."""
    chosen = {one.code: request.args.get(one.code, "")[:LONGEST_CODE] for one in place.kind.narrowings}
    audience = place.kind.audience(request.args.get("audience", "")) or place.kind.audiences[0]
    return audience.code, chosen


def _place(message: Message) -> Place:
    """In whose name it is: whoever may see it may write there, so it is there."""
    return queries.place_of(message) or abort(404)


def _zone() -> str:
    return formats.home_zone(signed_in_person().locale)
