"""The list for the door of a workshop on paper: what its page says, with a square for a pen at each name."""

import datetime as dt
from collections.abc import Sequence

from portal.events.models import ProgrammeSession
from portal.face.look import in_title
from portal.face.pdf import TICK, Block, Head, Items, Paper, Part, Passage, Rows, Said
from portal.registration.models import Registration
from portal.words.i18n import _, _n, formats, written
from portal.words.vocabularies import label


def workshop_paper(
    session: ProgrammeSession, booked: Sequence[Registration], waiting: Sequence[Registration], made_at: dt.datetime
) -> Paper:
    """Who has a place, in the order given, and who waits, in their turn."""
    blocks: list[Block] = [_head(session, made_at)]
    if booked:
        caption = _n("%(n)s person with a place", "%(n)s people with a place", len(booked))
        heads = ((_("First and last name"), 5), (_("Organisation, group or town"), 6), (_("Present"), 0))
        blocks.append(Rows(caption, heads, [(_name(one), _where_from(one), TICK) for one in booked]))
    else:
        blocks.append(Passage(_("Nobody has a place in this workshop yet.")))
    if waiting:
        blocks.append(Part(_("On the waiting list, in their turn")))
        blocks.append(Items([_in_turn(one) for one in waiting], numbered=True))
    name = _("List for the workshop")
    return Paper(f"{name}{in_title(session.title)}", name, made_at, blocks)


def _head(session: ProgrammeSession, made_at: dt.datetime) -> Head:
    event = session.event
    when: Said = formats.day_and_hours(session.starts_at, session.ends_at, event.timezone, explained=True)
    if session.room:
        when = (when, ", ", session.room.name)
    note = _("As of %(when)s", when=formats.date_time(made_at, event.timezone))
    return Head(event.title, session.title, [when], note)


def _name(one: Registration) -> str:
    return one.name or _("name deleted")


def _where_from(one: Registration) -> Said:
    place: Said = written(one.affiliation, one.locale) if one.affiliation else "–"
    return (place, "\n", label("sector", one.sector)) if one.sector else place


def _in_turn(one: Registration) -> Said:
    return (_name(one), ", ", written(one.affiliation, one.locale)) if one.affiliation else _name(one)
