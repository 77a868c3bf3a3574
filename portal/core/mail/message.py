"""What a feature wants to say to somebody; words come later, in the language of the one who reads them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the mail. With a purpose the worker makes a fresh token for `subject` and puts it into the address."""

    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    purpose: str | None = None
    subject: str | None = None
    lifetime: dt.timedelta = dt.timedelta(hours=48)
    single: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "endpoint": self.endpoint, "values": self.values, "purpose": self.purpose, "subject": self.subject,
            "lifetime": int(self.lifetime.total_seconds()), "single": self.single,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one address.

    `template` names `templates/<template>.txt`; `context` and the values of links are JSON; `attachments` are names
    registered with `mail.attachment`. The same `dedupe_key` is queued only once. `form` is the msgid of the form in
    which the address was given, for the line that says why this mail came.
    """

    template: str
    to: str
    lang: str
    dedupe_key: str
    context: dict[str, Any] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    person_id: int | None = None
    form: str | None = None
