"""The log of an adviser: advice written down on a telephone, and the own list with minutes by topic."""

from typing import NamedTuple

from flask import Response, request

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground import clock
from portal.ground.authz import requires
from portal.projects import queries, services, words
from portal.projects.advice_forms import AdviceForm
from portal.projects.models import ZONE, Project, Record, RecordStatus
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp
from portal.words.i18n import _, _n

METHODS = ["GET", "POST"]
PAGE = 50


class Bar(NamedTuple):
    """The minutes of a topic, and the length of their bar in hundredths of the longest. Nobody has said: no topic."""

    topic: str
    minutes: int
    length: int


@bp.route("/projects/<slug:slug>/advice", methods=METHODS)
@requires(Permission.EDIT, on=queries.by_slug)
def advice(project: Project) -> Response:
    """A short form, and what this person has advised so far."""
    private()
    person, slug = signed_in_person(), project.slug
    form = AdviceForm.for_today(project, queries.advised_lately(project.id, person.id))
    if form.validate_on_submit():
        with form.refusals():
            made = services.write_record(project, by=person, **form.record(person))
            _say_written(made)
            return redirect_to("projects.advice", slug=slug)
    project = queries.by_slug(slug) or project
    pages = Pagination.of_request(queries.number_of_advice(project.id, person.id), PAGE)
    records = queries.advice_of(project.id, person.id, offset=pages.offset, limit=pages.size)
    numbers, year, is_whole = [one.id for one in records], clock.today(ZONE).year, request.args.get("years") == "all"
    return page(
        "projects/advice.html", form=form, project=project, words=words, records=records, pages=pages,
        advised=queries.first_parties(numbers), parties=queries.numbers_of_parties(numbers), year=year,
        is_whole=is_whole, bars=_bars(project, person, None if is_whole else year),
    )  # fmt: skip


def _bars(project: Project, person: Person, year: int | None) -> list[Bar]:
    minutes = queries.minutes_by_topic(project.id, person.id, year)
    most = max((amount for _topic, amount in minutes), default=0) or 1
    return [Bar(topic, amount, round(100 * amount / most)) for topic, amount in minutes]


def _say_written(made: Record) -> None:
    if made.status == RecordStatus.PLANNED:
        flash(_("Written down as planned. It can be confirmed once it has taken place."))
        return
    flash(
        _n(
            "Written down: %(n)s minute. It counts once a second person has confirmed it.",
            "Written down: %(n)s minutes. They count once a second person has confirmed them.",
            made.minutes,
        )
    )
