"""The pictures of all states: `python -m tools.states` draws docs/states.md from the tables; a test holds them equal."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from portal.events.services.states import EVENTS, SESSIONS
from portal.grants.services.call_states import CALLS
from portal.ground.states import START, States, Step
from portal.impact.services.frame_states import FRAMES
from portal.imports.services.states import BATCHES
from portal.mail.outbox import MAILS
from portal.membership.services.states import MEMBERSHIPS, REVIEWS
from portal.merging.services import REQUESTS
from portal.messages.services.states import MESSAGES
from portal.news.services.states import POSTS
from portal.organisations.services.states import PROFILES
from portal.projects.services.record_states import RECORDS
from portal.projects.services.states import PARTNERS, PROJECTS
from portal.registration.services.delegation_states import DELEGATION_SEATS, DELEGATIONS
from portal.registration.services.needs import NEEDS
from portal.registration.services.states import BOOKINGS, REGISTRATIONS
from portal.tasks.services.states import TASKS
from portal.trust.services.states import CLAIMS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "states.md"
TABLES: Sequence[tuple[str, States[Any, Any]]] = (
    ("Mail", MAILS),
    ("Task", TASKS),
    ("Message", MESSAGES),
    ("Profile of an organisation", PROFILES),
    ("Request to merge two profiles", REQUESTS),
    ("Review of a profile", REVIEWS),
    ("Membership", MEMBERSHIPS),
    ("Claim to a profile", CLAIMS),
    ("List of organisations", BATCHES),
    ("Event", EVENTS),
    ("Session", SESSIONS),
    ("Registration", REGISTRATIONS),
    ("Booking", BOOKINGS),
    ("What people need", NEEDS),
    ("Delegation", DELEGATIONS),
    ("Seat of a delegation", DELEGATION_SEATS),
    ("Card of a project", PROJECTS),
    ("Partner of a project", PARTNERS),
    ("Record of a project", RECORDS),
    ("Call for micro-grants", CALLS),
    ("Results frame of a funder", FRAMES),
    ("Post", POSTS),
)
HEAD = """# States

Drawn by `python -m tools.states` from the tables in the code (`portal.ground.states`); a test holds them equal. A step
that does not stand here does not exist. *Trail* is the entry of the audit trail.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *("\n".join(_part(title, table)) for title, table in TABLES)])


def _part(title: str, table: States[Any, Any]) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"`{table.model.__tablename__}.{table.column}`\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from _picture(table)
    yield "```\n"
    yield "| from | to | who | needs | asks whether | mails | trail |\n|---|---|---|---|---|---|---|"
    yield from (_row(step) for step in table.steps)
    yield ""


def _picture(table: States[Any, Any]) -> Iterator[str]:
    for state in table.enum:
        yield f'    state "{_name(state)}" as {_node(state)}'
    for step in table.steps:
        marks = ", ".join([step.who.name, *(["a reason"] if step.needs else [])])
        yield f"    {_node(step.before)} --> {_node(step.to)} : {marks}"
    for state in table.enum:
        if not any(step.before == state for step in table.steps):
            yield f"    {_node(state)} --> [*]"


def _row(step: Step[Any, Any]) -> str:
    """One step as a row: the names of guards and mails are those of the code."""
    cells = (
        "(new)" if step.before is START else _name(step.before),
        _name(step.to),
        step.who.name,
        "a reason" if step.needs else "",
        ", ".join(guard.__name__.replace("_", " ") for guard in step.guards),
        ", ".join(f"{letter.name} to {letter.to}" for letter in step.mails),
        f"`{step.verb}`" if step.verb else "",
    )
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def _name(state: str) -> str:
    return state or "(open)"


def _node(state: str | None) -> str:
    """What Mermaid calls a state: letters only."""
    return "[*]" if state is START else (state.replace("-", "_") or "open")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
