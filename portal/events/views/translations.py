"""Events and sessions in other languages: the original beside the field that is being filled."""

from flask import Response, abort, request

from portal.accounts.session import signed_in_person
from portal.events import forms, queries, services
from portal.events.models import Event, ProgrammeSession
from portal.events.policies import Permission
from portal.events.views.blueprint import bp
from portal.face.web import flash, page, redirect_to
from portal.ground.authz import requires
from portal.words.i18n import LANGUAGES, _
from portal.words.vocabularies import language_name


@bp.route("/events/<slug:slug>/translate", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.by_slug)
def translate(event: Event) -> Response:
    code, slug = _language(event.title.original), event.slug
    form = forms.TranslateEventForm.on(event, code)
    if form.validate_on_submit():
        with form.refusals():
            services.translate_event(event, language=code, by=signed_in_person(), **form.values())
            flash(_("Translation saved: %(language)s", language=language_name(code)))
            return _next(slug, code, after=0)
    event = queries.by_slug(slug) or event
    return page("events/translate.html", form=form, event=event, code=code)


@bp.route("/events/<slug:slug>/sessions/<int:number>/translate", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.session_of)
def translate_session(item: ProgrammeSession) -> Response:
    code, slug, number = _language(item.title.original), item.event.slug, item.id
    form = forms.TranslateSessionForm.on(item, code)
    if form.validate_on_submit():
        with form.refusals():
            services.translate_session(item, language=code, by=signed_in_person(), **form.values())
            flash(_("Translation saved: %(language)s", language=language_name(code)))
            return _next(slug, code, after=number)
    item = queries.session_of(slug, number) or item
    return page("events/translate_session.html", form=form, item=item, event=item.event, code=code)


def _language(original: str) -> str:
    """The language of the address (`?to=bg`); the original one is not translated into."""
    code = request.args.get("to", "")
    if code not in LANGUAGES or code == original:
        abort(404)
    return code


def _next(slug: str, code: str, *, after: int) -> Response:
    """On to the next session that still waits for this language; when there is none, back to the workbench."""
    event = queries.by_slug(slug)
    waiting = [one for one in queries.sessions(event.id) if _waits(one, code)] if event else []
    if not waiting or request.form.get("then") != "next":
        return redirect_to("events.manage", slug=slug, _anchor="languages")
    numbers = [one.id for one in waiting]
    later = [number for number in numbers if number > after]
    return redirect_to("events.translate_session", slug=slug, number=(later or numbers)[0], to=code)


def _waits(item: ProgrammeSession, code: str) -> bool:
    return not item.title.get(code) or item.title.is_outdated(code)
