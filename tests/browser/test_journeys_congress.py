"""A congress: a coordinator builds and publishes it, people register by mail, change, wait and cancel."""

import datetime as dt
import secrets

import pytest

from tests.browser.stage import NETWORK
from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support import processes
from tests.support.servers import LivePortal

FIRST, SECOND, LATER = "Warsztat Pierwszy", "Работилница Втора", "Later workshop"


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_congress_from_first_draft_to_the_waiting_list(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    how = {"language": language, "javascript": javascript}
    mark = secrets.token_hex(3)
    coordinator = Walk(open_as("coordinator", **how), site, language)
    slug = _build(coordinator, f"Kongres Конгрес {mark}")
    ada, ben = (f"{name}-{mark}@example.org" for name in ("ada", "ben"))

    participant = Walk(open_page(site, **how), site, language)
    participant.go(f"events/{slug}").follow("/register")
    participant.offer(name="", email="nobody", **_choice(participant, FIRST))
    assert participant.page.locator("#problems li").count() == 2
    assert participant.form("name").locator("input[type=radio]:checked").first.input_value() != "none"
    participant.send(name="Ada Próbna", email=ada, **_choice(participant, LATER))
    participant.open_mailed(ada, "/registration/confirm/")
    assert _free(coordinator, slug, FIRST)  # looking at the link books nothing
    participant.send()
    assert not _free(coordinator, slug, FIRST)
    held = participant.open_mailed(ada, f"/{language}/registration/(?!confirm)").main
    assert FIRST in held
    assert LATER in held

    waiting = Walk(open_page(site, **how), site, language)
    waiting.go(f"events/{slug}/register").send(name="Ben Próbny", email=ben, **_choice(waiting, FIRST))
    waiting.open_mailed(ben, "/registration/confirm/").send()
    waiting.open_mailed(ben, f"/{language}/registration/(?!confirm)")
    assert waiting.page.locator(".plan .tag.warn").count() == 1

    participant.follow("/change").send(name="Ada Inna", **_choice(participant, SECOND))
    changed = participant.main
    assert "Ada Inna" in changed
    assert SECOND in changed
    assert FIRST not in changed
    waiting.page.reload()
    assert waiting.page.locator(".plan .tag.warn").count() == 0  # the freed place is booked at once
    assert FIRST in waiting.main

    _cancel(participant)
    assert "Ben Próbny" in coordinator.go(f"events/{slug}/participants").main
    processes.wait_until(lambda: len(site.mails(ben)) >= 3, "The mail about the place", seconds=60)


def _cancel(participant: Walk) -> None:
    participant.follow("/cancel").send()
    participant.page.reload()
    assert SECOND not in participant.main
    assert participant.page.locator('main form[action$="/resume"]').count() == 1  # nobody has the place yet


def _build(coordinator: Walk, title: str) -> str:
    """Two rooms, two slots, a talk and three workshops; published."""
    day = (dt.datetime.now(dt.UTC) + dt.timedelta(days=40)).strftime("%Y-%m-%d")
    coordinator.go("events/mine").follow(f"/networks/{NETWORK}/events/new")
    whole = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T17:00"}
    coordinator.send(title=title, kind="congress", timezone="Europe/Warsaw", venue="Sala, Зала", town="Łódź", **whole)
    slug = coordinator.part("events")
    for room in ("Sala Dąb", "Зала Липа"):
        coordinator.go(f"events/{slug}/rooms/new").send(name=room, capacity="30")
    for begins, ends in (("10:00", "11:30"), ("12:00", "13:30")):
        coordinator.go(f"events/{slug}/slots/new").send(starts_at=f"{day}T{begins}", ends_at=f"{day}T{ends}")
    form = coordinator.go(f"events/{slug}/sessions/new").form("title")
    slots = [str(one.get_attribute("value")) for one in form.locator('[name="slot"] option').all()]
    rooms = [str(one.get_attribute("value")) for one in form.locator('[name="room"] option').all()]
    _, first, later = slots
    for name, slot, room, seats in ((FIRST, first, 1, "1"), (SECOND, first, 2, "5"), (LATER, later, 1, "5")):
        coordinator.go(f"events/{slug}/sessions/new")
        coordinator.send(title=name, kind="workshop", slot=slot, room=rooms[room], seats=seats)
    coordinator.go(f"events/{slug}/sessions/new")
    talk = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T09:45"}
    coordinator.send(title="Otwarcie, откриване", kind="talk", room=rooms[1], **talk)
    coordinator.go(f"events/{slug}/publish").send()
    return slug


def _choice(walk: Walk, title: str) -> dict[str, str]:
    """The radio button of a workshop: name and value."""
    button = walk.page.locator(f"main label:has-text({title!r}) input, main .pick:has-text({title!r}) input").first
    return {str(button.get_attribute("name")): str(button.get_attribute("value"))}


def _free(walk: Walk, slug: str, title: str) -> bool:
    """Is there a place in this workshop, as the public form sees it?"""
    return not next(iter(_choice(walk.go(f"events/{slug}/register"), title).values())).endswith("w")
