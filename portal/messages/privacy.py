"""What messages hold about people: who wrote and sent them, and to whom each went."""

from portal.messages.models import Delivery, Message
from portal.messages.services import KEPT
from portal.privacy import Fate, Holding, Part, by_number
from portal.words.i18n import _l, _ln

PART = Part(
    holdings=(
        Holding(
            Delivery,
            _l("Messages to many that this person got or was to get: when, in which language, and why not."),
            (by_number(Delivery.person_id, Fate.UNNAMED),),
        ),
        Holding(
            Message,
            _l("Messages to many that this person wrote or sent."),
            (by_number(Message.author_id, Fate.UNNAMED), by_number(Message.sent_by, Fate.UNNAMED)),
        ),
    ),
    kept=(
        _ln(
            "To whom a message of a network went is kept for %(n)s day. Its words and numbers stay in the log of the network.",
            "To whom a message of a network went is kept for %(n)s days. Its words and numbers stay in the log of the network.",
            KEPT.days,
        ),
    ),
)
