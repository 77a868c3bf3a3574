"""What a kind of page is."""

from dataclasses import dataclass

from tests.support import submission


@dataclass(frozen=True)
class Kind:
    """A page kind. `path` follows the language; words in braces come from `stage.set_up`. With `sends` its form is sent,
    with `stranger` by somebody who is not logged in any more; `{new}` in a value is a number that was not sent before: so many
    mails go to one address in an hour."""

    name: str
    path: str
    role: str | None = None
    sends: submission.Fields | None = None
    status: int = 200
    button: str | None = None
    stranger: bool = False

    def address(self, language: str, words: dict[str, str]) -> str:
        return f"/{language}/{self.path.format(**words)}"

    def filled(self, number: int) -> submission.Fields:
        """What the form is sent with."""
        values = (self.sends or {}).items()
        return {
            name: value.replace("{new}", str(number)) if isinstance(value, str) else value for name, value in values
        }


LONG = "a" * 5_000
