"""Mail: an outbox row of the same transaction, rendered and sent later by the worker."""

from portal.mail.composing import Attachment
from portal.mail.message import Link, Message
from portal.mail.outbox import Mail, MailState, keeps_up, listed, queue, redirect, withdraw, withdraw_from
from portal.mail.sending import KEPT, STRANGERS_KEPT, attachment, remove_old, send_all_due, send_due

__all__ = [
    "KEPT",
    "STRANGERS_KEPT",
    "Attachment",
    "Link",
    "Mail",
    "MailState",
    "Message",
    "attachment",
    "keeps_up",
    "listed",
    "queue",
    "redirect",
    "remove_old",
    "send_all_due",
    "send_due",
    "withdraw",
    "withdraw_from",
]
