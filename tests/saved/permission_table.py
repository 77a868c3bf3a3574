"""Who keeps searches, and who may change one."""

from portal.saved.mails import READER
from portal.saved.policies import Permission
from tests.factories.people import make_administrator, make_person
from tests.factories.saved import again, ask, keep
from tests.support.permissions import PUBLIC, SIGNED_IN, Routes, Row, Situation, link

P = Permission

ROWS = [
    Row(P.KEEP, "nothing", {"reader", "registered", "administrator"}),
    Row(P.CHANGE, "kept", {"reader"}),
    Row(P.CHANGE, "asked for the address of somebody else", {"registered"}),
]

ROUTES: Routes = {
    "saved.by_link": link(READER),
    "saved.change": P.CHANGE,
    "saved.change_by_link": link(READER),
    "saved.index": SIGNED_IN,
    "saved.new": PUBLIC,
}


def situation(state: str) -> Situation:
    reader, other = make_person("Rumiana Czytająca"), make_person("Inna Osoba")
    people = {"reader": reader, "registered": other, "administrator": make_administrator()}
    if state == "nothing":
        return Situation(None, people)
    saved = keep(reader) if state == "kept" else ask(other.address)
    return Situation(again(saved.id), people)
