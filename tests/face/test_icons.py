import pytest

from portal.face.icons import icon, icon_names


def test_icon_vendored_is_named_and_hidden() -> None:
    assert len(icon_names()) > 50
    for name in icon_names():
        drawing = icon(name)
        assert drawing.endswith(f'#{name}"/></svg>') and 'aria-hidden="true"' in drawing
        assert 'href="/static/icons/sprite.svg?v=' in drawing and len(drawing) < 160


@pytest.mark.parametrize("name", ["no-such-icon", "../mark", "Clock", "", "clock.svg", "clock\x00"])
def test_icon_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        icon(name)
