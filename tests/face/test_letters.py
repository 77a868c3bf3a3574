"""The letters that the fonts of papers have, held against another reader of fonts."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from portal.face.pdf.letters import FONTS, letters_of, settable

FILES = sorted(FONTS.glob("*/*.ttf"))
POLISH = "AĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻaąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż„”–…§€"
BULGARIAN = "".join(map(chr, range(0x410, 0x450))) + "Ѝѝ№„“"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fonts_have_the_letters_of_the_three_languages_and_the_bulgarian_shapes(path: Path) -> None:
    font = TTFont(path)
    assert set(letters_of(path.read_bytes())) | {"\0"} == set(map(chr, font.getBestCmap())) | {"\0"}
    assert set(POLISH + BULGARIAN) <= set(map(chr, font.getBestCmap()))
    scripts = {one.ScriptTag: one.Script for one in font["GSUB"].table.ScriptList.ScriptRecord}
    bulgarian = next(one.LangSys for one in scripts["cyrl"].LangSysRecord if one.LangSysTag == "BGR ")
    features = font["GSUB"].table.FeatureList.FeatureRecord
    assert "locl" in {features[number].FeatureTag for number in bulgarian.FeatureIndex}


def test_what_no_font_has_is_written_in_latin_letters() -> None:
    assert settable("Anna Żółć, Щастлива Люба ѝ") == "Anna Żółć, Щастлива Люба ѝ"
    assert settable("გიორგი 東京 😀") == "giorgi DongJing :grinning:"
    assert settable("a\u200db\ufe0f\ue000\ud800") == "ab??"
    assert settable("raz\nd\rw\0a") == "raz\ndwa"
