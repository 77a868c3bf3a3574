"""Mail: an outbox row of the same transaction, rendered and sent later by the worker."""

from portal.mail.composing import Attachment
from portal.mail.kinds import Frequency, Kind, Pages, Reason, join_kinds
from portal.mail.log import send_again
from portal.mail.message import Link, Message, concern
from portal.mail.outbox import (
    MAILS,
    Mail,
    MailState,
    follow,
    keeps_up,
    listed,
    queue,
    redirect,
    remove_about,
    waiting,
    withdraw,
    withdraw_at,
    withdraw_from,
)
from portal.mail.sending import KEPT, STRANGERS_KEPT, attachment, remove_old, send_all_due, send_due
from portal.mail.standing import is_read_again, remove_old_reports
from portal.mail.telling import said, tell, untold

__all__ = [
    "KEPT",
    "MAILS",
    "STRANGERS_KEPT",
    "Attachment",
    "Frequency",
    "Kind",
    "Link",
    "Mail",
    "MailState",
    "Message",
    "Pages",
    "Reason",
    "attachment",
    "concern",
    "follow",
    "is_read_again",
    "join_kinds",
    "keeps_up",
    "listed",
    "queue",
    "redirect",
    "remove_about",
    "remove_old",
    "remove_old_reports",
    "said",
    "send_again",
    "send_all_due",
    "send_due",
    "tell",
    "untold",
    "waiting",
    "withdraw",
    "withdraw_at",
    "withdraw_from",
]
