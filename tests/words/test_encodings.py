"""In which letters a file is written: found by what people write in Polish and Bulgarian, both ways."""

import pytest

from portal.words.hyphens import JOINER
from portal.words.tables import Bounds, NoTable, read_file
from portal.words.tables.encodings import encoding_of

POLISH = {
    "a list of names": "Imię i nazwisko;Miejscowość\r\nŁucja Żółć;Łódź\r\nGrażyna Śmiałek;Świętochłowice\r\n",
    "one name": "Jakub Wójcik\r\n",
    "a street": "ul. Źródlana 5, 10-900 Olsztyn\r\n",
    "a sentence": "Zażółć gęślą jaźń – pisze „Gazeta”.\r\n",
    "capitals": "KOŁO GOSPODYŃ WIEJSKICH W ŚWIĄTNIKACH\r\n",
    "neighbours": "Jürgen Müller\r\nJiří Dvořák\r\n",
    "late letters": "a@example.org\r\n" * 5000 + "Błażej Ćwikła\r\n",
}
BULGARIAN = {
    "a list of names": "Име и фамилия;Населено място\r\nЩерьо Щърбанов;Гълъбово\r\nЙорданка Жекова;с. Бъзън\r\n",
    "one name": "Яна\r\n",
    "a sentence": "Читалище „Надежда – 1897“ кани на събор.\r\n",
    "capitals": "НАРОДНО ЧИТАЛИЩЕ ИСКРА\r\n",
    "beside an address": "Иван Иванов;ivan@example.org;№ 5\r\n",
    "late letters": "a@example.org\r\n" * 5000 + "Мария\r\n",
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("text", POLISH.values(), ids=POLISH)
@pytest.mark.parametrize("page", [*UNICODE, "cp1250", "iso8859-2"])
def test_polish_is_read_as_it_was_written(text: str, page: str) -> None:
    data = text.encode(page, "replace" if page == "iso8859-2" else "strict")  # it has no quotation marks
    assert data.decode(encoding_of(data)).lstrip("\ufeff") == data.decode(page).lstrip("\ufeff")


@pytest.mark.parametrize("text", BULGARIAN.values(), ids=BULGARIAN)
@pytest.mark.parametrize("page", [*UNICODE, "cp1251"])
def test_bulgarian_is_read_as_it_was_written(text: str, page: str) -> None:
    data = text.encode(page)
    assert data.decode(encoding_of(data)).lstrip("\ufeff") == text


@pytest.mark.parametrize("page", ["cp852", "cp866", "iso8859-5", "koi8_r"])
def test_letters_of_another_page_are_refused_and_not_guessed(page: str) -> None:
    text = POLISH["a list of names"] if page == "cp852" else BULGARIAN["a list of names"]
    with pytest.raises(NoTable) as refused:
        read_file(text.encode(page, "replace"))
    assert "CSV UTF-8" in str(refused.value.reason).replace(JOINER, "")


def test_broken_utf_8_behind_its_mark_is_refused() -> None:
    with pytest.raises(NoTable) as refused:
        read_file(b"\xef\xbb\xbfa;b\r\n\xc4;\xff\r\n", Bounds())
    assert "CSV UTF-8" in str(refused.value.reason).replace(JOINER, "")
