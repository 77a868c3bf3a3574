"""The lists that leave the portal: files for a spreadsheet, and sheets of paper for a door."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event, ProgrammeSession
from portal.face.web import page, paper_file, private, table_file
from portal.ground import clock
from portal.ground.authz import requires
from portal.questions import queries as questions
from portal.registration import queries, services
from portal.registration.answer_columns import AnswerColumns
from portal.registration.audiences import organisations_to_choose
from portal.registration.desk_forms import ExportForm
from portal.registration.exports import participants_table
from portal.registration.models import BookingStatus, Registration
from portal.registration.policies import Permission
from portal.registration.queries import Chosen
from portal.registration.views.blueprint import bp
from portal.registration.workshop_paper import workshop_paper
from portal.words.text import in_order


@bp.get("/events/<slug:slug>/participants/workshops/<int:number>")
@requires(Permission.PARTICIPANTS, on=events.session_of)
def workshop_list(session: ProgrammeSession) -> Response:
    """Who comes to one workshop, in the alphabet of the page, and who waits, in their turn: to be printed."""
    private()
    booked, waiting = _people_of(session)
    return page(
        "registration/workshop_list.html", event=session.event, session=session, booked=booked, waiting=waiting,
        printed=clock.now(),
    )  # fmt: skip


@bp.get("/events/<slug:slug>/participants/workshops/<int:number>.pdf")
@requires(Permission.PARTICIPANTS, on=events.session_of)
def workshop_list_pdf(session: ProgrammeSession) -> Response:
    """The same list as a file, for whoever prints it elsewhere."""
    private()
    booked, waiting = _people_of(session)
    day = clock.to_wall(session.starts_at, session.event.timezone).date().isoformat()
    return paper_file(workshop_paper(session, booked, waiting, clock.now()), session.event.slug, str(session.id), day)


def _people_of(session: ProgrammeSession) -> tuple[list[Registration], list[Registration]]:
    """Who has a place, in the alphabet of the page, and who waits, in their turn."""
    booked = queries.people_in(session.id, BookingStatus.BOOKED)
    return in_order(booked, lambda one: one.name), queries.people_in(session.id, BookingStatus.WAITING)


@bp.route("/events/<slug:slug>/participants/export", methods=["GET", "POST"])
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def export(event: Event) -> Response:
    """The people whom the address chooses, as a file: taking it along is an act, so a form does it."""
    private()
    form, chosen, slug = ExportForm(), Chosen.read(request.args), event.slug
    if form.validate_on_submit():
        with form.refusals():
            return _file(event, form, chosen)
    event = events.by_slug(slug) or event
    number = queries.people(event, chosen).number
    return page("registration/export.html", form=form, event=event, chosen=chosen, number=number)


def _file(event: Event, form: ExportForm, chosen: Chosen) -> Response:
    columns, slug, zone = form.columns.data or [], event.slug, event.timezone
    number = queries.people(event, chosen).number
    services.note_export(event, by=signed_in_person(), chosen=chosen, columns=columns, number=number)
    event = events.by_slug(slug) or event
    table = participants_table(
        event, queries.people(event, chosen).rows(), queries.places_by_person(event.id), queries.stretches(event.id),
        columns, _answers(event), dict(organisations_to_choose(event)),
    )  # fmt: skip
    ending = "xlsx" if request.form.get("ending") == "xlsx" else "csv"
    return table_file(table, ending, slug, clock.today(zone).isoformat())


def _answers(event: Event) -> AnswerColumns:
    if event.question_set_id is None:
        return AnswerColumns()
    return AnswerColumns(questions.every(event.question_set_id), queries.answers_of(event.id), event.timezone)
