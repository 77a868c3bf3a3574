"""What others copy into their own pages to show a card of the portal there."""

from markupsafe import escape

# It has to look right there, where no style sheet of ours is.
_FRAME = (
    '<iframe src="{address}" title="{name} – Synergia" width="360" height="{height}" style="border:0;max-width:100%"'
    ' loading="lazy"></iframe>'
)


def frame_code(address: str, name: str, *, height: int = 220) -> str:
    """The HTML of a frame with the page at this full address; `name` is read aloud, `height` in pixels."""
    return _FRAME.format(address=escape(address), name=escape(name), height=height)
