"""What a mail is about: the kinds of the vocabulary `mail_kind`, and which of them a person may do without."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask

from portal.ground.appvar import AppVar
from portal.words.vocabularies import label


class Kind(StrEnum):
    """The vocabulary `mail_kind`, in its order. Which of them the features of today send, these declare."""

    ACCOUNT = "account"
    TASKS = "tasks"
    PROFILE = "profile"
    INVITATION = "invitation"
    PROFILE_CONFIRMATION = "profile-confirmation"
    MEMBERSHIP = "membership"
    NETWORK_MESSAGE = "network-message"
    EVENT_REGISTRATION = "event-registration"
    EVENT_CHANGE = "event-change"
    EVENT_MESSAGE = "event-message"
    DEADLINE_REMINDER = "deadline-reminder"
    GRANT_APPLICATION = "grant-application"
    CAUSE = "cause"
    NEEDS_OFFERS = "needs-offers"
    URGENT_NEED = "urgent-need"
    SAVED_SEARCH = "saved-search"
    FOLLOWED = "followed"
    TRANSLATION = "translation"
    NEWSLETTER = "newsletter"

    @property
    def label(self) -> str:
        """What people call it, in the language of the moment."""
        return label("mail_kind", self)

    @property
    def is_essential(self) -> bool:
        """Is it always sent?"""
        return self in ESSENTIAL


# They answer an own act, or concern an account, a profile in one's care, a membership or a place that is booked: nobody
# can switch them off.
ESSENTIAL = frozenset({
    Kind.ACCOUNT, Kind.PROFILE, Kind.MEMBERSHIP, Kind.EVENT_REGISTRATION, Kind.EVENT_CHANGE, Kind.GRANT_APPLICATION,
})  # fmt: skip


class Frequency(StrEnum):
    """The vocabulary `mail_frequency`: how often a kind is sent to a mailbox."""

    IMMEDIATE = "immediate"
    WEEKLY = "weekly"
    NEVER = "never"


OFFERED = (Frequency.IMMEDIATE, Frequency.NEVER)  # weekly is none of them as long as nothing gathers mails for a week


class Reason(StrEnum):
    """The vocabulary `mail_refusal`: why a mail did not arrive, as whoever waits for an answer understands it."""

    NO_SUCH_ADDRESS = "no-such-address"
    MAILBOX_FULL = "mailbox-full"
    NOT_ACCEPTED = "not-accepted"
    NO_ANSWER = "no-answer"
    NOT_MADE = "not-made"
    UNWANTED = "unwanted"
    BOUNCING = "bouncing"

    @property
    def label(self) -> str:
        """The reason in the language of the moment."""
        return label("mail_refusal", self)


@dataclass(frozen=True, slots=True)
class Pages:
    """The endpoints behind the foot of a mail that can be done without. Both take a `token` of the purpose `STOP`.

    `choose` shows every kind to people; `stop` is what mail programs post to (RFC 8058).
    """

    choose: str
    stop: str


STOP = "mail.stop"  # the purpose of such a link; its subject is the mail
PAGES: AppVar[Pages] = AppVar("mail_pages")
_SENT: AppVar[tuple[Kind, ...]] = AppVar("mail_kinds")


def join_kinds(app: Flask, declared: Iterable[Kind], pages: Pages) -> None:
    """Keep what the features send, and where one chooses."""
    known = set(declared)
    _SENT.set(app, tuple(kind for kind in Kind if kind in known))
    PAGES.set(app, pages)


def sent_kinds() -> tuple[Kind, ...]:
    """The kinds that this portal sends, in the order of the vocabulary."""
    return _SENT.get()


def optional_kinds() -> tuple[Kind, ...]:
    """Those of them that one can do without."""
    return tuple(kind for kind in sent_kinds() if not kind.is_essential)
