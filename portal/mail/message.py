"""What a feature wants to say to somebody; words come later, in the language of the one who reads them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict, cast

from portal.mail.kinds import Kind, Reason
from portal.words.i18n import Localized, StoredText


class Undeliverable(Exception):
    """No later try can bring a mail to its address; the message says why to those who run the portal, `reason` to all."""

    def __init__(self, words: str, reason: Reason = Reason.NOT_ACCEPTED) -> None:
        super().__init__(words)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the mail. With a purpose the worker makes a fresh token for `subject` and puts it into the address."""

    endpoint: str
    values: dict[str, object] = field(default_factory=dict)
    purpose: str | None = None
    subject: str | None = None
    lifetime: dt.timedelta = dt.timedelta(hours=48)
    single: bool = False

    def as_json(self) -> "StoredLink":
        return {
            "endpoint": self.endpoint, "values": self.values, "purpose": self.purpose, "subject": self.subject,
            "lifetime": int(self.lifetime.total_seconds()), "single": self.single,
        }  # fmt: skip


class StoredLink(TypedDict):
    """A link as it lies in the outbox; `lifetime` in seconds."""

    endpoint: str
    values: dict[str, object]
    purpose: str | None
    subject: str | None
    lifetime: int
    single: bool


class Payload(TypedDict):
    """What the worker makes a mail from, as it lies in the outbox."""

    context: dict[str, object]
    links: dict[str, StoredLink]
    attachments: list[str]
    form: str | None
    leaves_no_trace: bool
    asks_address: NotRequired[bool]  # rows of the release before do not say it
    reply_to: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one address.

    `kind` is what it is about, by which people say which mails they want. `concerns` is the event, the network or the
    organisation in whose log it stands (see `concern`). A mail that `asks_address` asks whether an address is somebody's,
    so it also goes to a mailbox from which mail came back.
    `template` names `templates/<template>.txt`; `context` and the values of links are JSON, in which a Localized and an
    aware datetime may stand; `attachments` are names
    registered with `mail.attachment`. The same `dedupe_key` is queued only once. `form` is the msgid of the form in
    which the address was given, for the line that says why this mail came. Of a mail that `leaves_no_trace` the row is
    deleted once it is sent. Answers go to `reply_to`, where somebody writes to somebody else through the portal.
    """

    template: str
    to: str
    lang: str
    dedupe_key: str
    kind: Kind
    context: dict[str, object] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    person_id: int | None = None
    form: str | None = None
    leaves_no_trace: bool = False
    concerns: str = ""
    asks_address: bool = False
    reply_to: str = ""


def concern(what: str, number: int) -> str:
    """How a mail says in whose log it stands: `event`, `network` or `organisation` and its number."""
    return f"{what}:{number}"


def frozen_value(value: object) -> object:
    """For `json.dumps(default=...)`: a text of a person or an instant, as it lies in the outbox."""
    if isinstance(value, Localized):
        return {"localized": value.as_json()}
    if isinstance(value, dt.datetime):
        return {"instant": value.isoformat()}
    raise TypeError(f"A mail cannot hold {type(value).__name__}")


def thawed_value(value: dict[str, object]) -> object:
    """For `json.loads(object_hook=...)`: the reverse of `frozen_value`."""
    if value.keys() == {"localized"}:
        return Localized.from_json(cast(StoredText, value["localized"]))
    if value.keys() == {"instant"}:
        return dt.datetime.fromisoformat(str(value["instant"]))
    return value
