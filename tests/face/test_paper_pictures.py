"""Pictures on paper: what they show is said to whoever does not see them, and they take no more room than there is."""

import io

import pytest
from PIL import Image

from portal.face.pdf import Photos, Picture, Pictures, Way
from portal.face.pdf.paper import PICTURE_BYTES
from portal.face.qr import qr_path
from portal.words.i18n import Shown
from tests.face.test_papers import read

# None of this asks a database.
pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]
NAMED = Shown("Logo: Fundusz „Ł”", "pl", False, False, True)


def logo(*, width: int, height: int, alt: Shown = NAMED, noisy: bool = False) -> Picture:
    """A WebP picture; a noisy one of many bytes."""
    stream = io.BytesIO()
    picture = Image.effect_noise((width, height), 200) if noisy else Image.new("L", (width, height), 90)
    picture.convert("RGB").save(stream, "WEBP", quality=80)
    return Picture(alt, stream.getvalue(), width, height)


def test_pictures_say_what_they_show_in_their_language() -> None:
    foreign = Shown("Лого: Фонд", "bg", True, False, True)
    found = read(Pictures([logo(width=300, height=100), logo(width=320, height=20, alt=foreign)]))
    assert found.pictures == 2 and found.alts == [NAMED.text, foreign.text] and "bg" in found.languages


def test_pictures_that_the_paper_has_no_room_for_are_said_in_words() -> None:
    large = Shown("Logo: największe", "pl", False, False, True)
    many = [logo(width=320, height=320, noisy=True) for _ in range(9)]
    assert sum(len(one.content) for one in many) > PICTURE_BYTES > len(many[0].content)
    found = read(Pictures([*many, logo(width=320, height=320, noisy=True, alt=large), logo(width=30, height=10)]))
    assert 1 < found.pictures < len(many) + 2 and found.says(large.text)


def test_photos_that_there_is_no_room_for_keep_their_words() -> None:
    wall = Shown("Ściana świetlicy", "pl", False, False, True)
    taken = [logo(width=160, height=160, noisy=True) for _ in range(2)]
    photos = [(taken[0], ["Przed remontem"]), (logo(width=320, height=320, noisy=True, alt=wall), ["Po remoncie"])]
    room = Pictures(taken).left
    assert room == PICTURE_BYTES - sum(len(one.content) for one in taken)
    found = read(Photos(photos, len(taken[0].content)))
    assert found.pictures == 1 and found.says(wall.text) and found.says("Przed remontem") and found.says("Po remoncie")


def test_the_way_to_the_page_stands_in_letters_and_as_a_code() -> None:
    address = "https://synergia.example/pl/projects/kuznia-ekspertow"
    found = read(Way(address))
    assert found.says(address) and [alt.replace("\xa0", " ") for alt in found.alts] == ["Kod QR z adresem strony"]
    assert qr_path(address)[1] in str(Way(address).data()["code"]) and qr_path(address) != qr_path(address + "2")
