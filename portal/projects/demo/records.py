"""Records of the projects of the demo. Those of the first one add up to the figures that its organisation has published:
328 hours of training, 511 of advice, 27 community sessions, 20 mini-projects, 6 expert opinions, 337 organisations."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from portal.accounts.models import Person
from portal.ground.db import transaction
from portal.projects import services
from portal.projects.models import Project, RecordStatus
from portal.words.content import content

TRAININGS, ADVICE, SESSIONS, MINI_PROJECTS, OPINIONS, ORGANISATIONS = 82, 292, 27, 20, 6, 337
TRAINING, MEETING = 240, 105  # minutes: 82 x 240 = 328 x 60, 292 x 105 = 511 x 60


def load_records(projects: dict[str, Project], writer: dict[str, Person], second: dict[str, Person]) -> None:
    """Write down what each project did, and let a second person confirm what is confirmed."""
    said = content(__package__, "records")
    with transaction():
        first = projects[said["register"]["project"]]
        made = [
            services.write_record(first, by=writer[first.slug], **row).id for row in _register(said["register"], first)
        ]
        services.confirm_records(first, made, by=second[first.slug])
        for told in said["record"]:
            row = dict(told)  # the words of the demo are read once, however often it is loaded
            project = projects[row.pop("project")]
            _one(project, row, writer[project.slug], second[project.slug])
        for told in said["advice"]:  # of the coordination, confirmed by whoever runs the project
            row = dict(told)
            project = projects[row.pop("project")]
            adviser = second[project.slug]
            row |= {"activity": "advice", "leader": adviser.name}
            _one(project, row, adviser, writer[project.slug])


def _one(project: Project, row: dict[str, Any], writer: Person, second: Person) -> None:
    status, reason, after = RecordStatus(row.pop("status")), row.pop("reason", ""), row.pop("days_after_begin")
    record = services.write_record(project, by=writer, day=project.starts_on + dt.timedelta(days=after), **row)
    if status != record.status:
        services.move_record(record, status, by=second, reason=reason)


def _register(said: dict[str, Any], project: Project) -> Iterator[dict[str, Any]]:
    """427 records, spread over the days of the project."""
    places: list[str] = said["places"]
    names = [*said["directory"], *(f"{kind} {place}" for kind in said["kinds"] for place in places)][:ORGANISATIONS]
    topics = said["topics"]
    advised = list(zip(said["advice_titles"], said["advice_topics"], strict=True))

    def day(number: int, of: int) -> dt.date:
        return project.starts_on + (project.ends_on - project.starts_on) * number // of

    def row(activity: str, title: str, number: int, of: int, **more: Any) -> dict[str, Any]:
        where = places[number * 7 % len(places)]
        return {"activity": activity, "title": title, "day": day(number, of), "place": where, **more}

    for n in range(TRAININGS):
        came = names[4 * n : 4 * n + 4]
        yield row(
            "training", topics[n % len(topics)], n, TRAININGS, minutes=TRAINING, people=9 + n % 12,
            organisations="\n".join(came), evidence=f"Lista obecności {n + 1}",
        )  # fmt: skip
    for n in range(ADVICE):
        yield row(
            "advice", advised[n % len(advised)][0], n, ADVICE, minutes=MEETING, topic=advised[n % len(advised)][1],
            organisations=names[n % (4 * TRAININGS)], stage="organisation", channel="in-person",
        )  # fmt: skip
    for n in range(SESSIONS):
        yield row("community-session", said["session"], n, SESSIONS, minutes=120, people=14 + n % 9)
    new = names[4 * TRAININGS :]
    for n in range(MINI_PROJECTS):
        yield row(
            "mini-project", said["mini"][n % len(said["mini"])], n, MINI_PROJECTS,
            organisations=new[n] if n < len(new) else names[n],
        )  # fmt: skip
    for n in range(OPINIONS):
        yield row("expert-opinion", said["opinions"][n], n, OPINIONS)
