"""What the portal uses of Flask-WTF, which has no types of its own."""

from collections.abc import Mapping

from wtforms import Form

class FlaskForm(Form):
    # By name only, and only what the portal gives. Without `formdata` it is the form of the request.
    def __init__(
        self,
        formdata: None = ...,
        *,
        data: Mapping[str, object] | None = ...,
        meta: Mapping[str, object] | None = ...,
        prefix: str = ...,
    ) -> None: ...
    def validate_on_submit(self) -> bool: ...
    def is_submitted(self) -> bool: ...
