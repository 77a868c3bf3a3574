"""What a kind of page is."""

from dataclasses import dataclass

from tests.support import submission


@dataclass(frozen=True)
class Kind:
    """A page kind. `path` follows the language; words in braces come from `stage.set_up`. With `sends` its form is sent,
    with `stranger` by somebody who is not logged in any more."""

    name: str
    path: str
    role: str | None = None
    sends: submission.Fields | None = None
    status: int = 200
    button: str | None = None
    stranger: bool = False

    def address(self, language: str, words: dict[str, str]) -> str:
        return f"/{language}/{self.path.format(**words)}"


LONG = "a" * 5_000
