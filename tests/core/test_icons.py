import pytest

from portal.core.icons import ICONS, icon


@pytest.mark.parametrize("name", sorted(path.stem for path in ICONS.glob("*.svg")))
def test_icon_vendored_is_hidden_and_takes_the_text_colour(name: str) -> None:
    drawing = icon(name)
    assert drawing.startswith('<svg class="icon"') and drawing.endswith("</svg>")
    assert 'aria-hidden="true"' in drawing and "xmlns" not in drawing and "style" not in drawing


@pytest.mark.parametrize("name", ["no-such-icon", "../mark", "Clock", "", "clock.svg", "clock\x00"])
def test_icon_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        icon(name)
