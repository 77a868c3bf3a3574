"""The use-cases of registration: the only writers of registrations, bookings and counters."""

from portal.registration.services.answering import answered_by, forget_answers
from portal.registration.services.belonging import follow_merge, going_over
from portal.registration.services.bulk import BulkRegistration, bulk_register
from portal.registration.services.calls import act_for, tell
from portal.registration.services.changing import cancel, change, leave
from portal.registration.services.choosing import Choice, choose
from portal.registration.services.coming import come, come_on
from portal.registration.services.copying import copy_reserves
from portal.registration.services.deciding import Decided, approve, reject
from portal.registration.services.delegating import (
    Request,
    ask_for_delegation,
    can_have,
    confirm_delegation,
    open_delegation,
    submit_delegation,
    take_offer,
)
from portal.registration.services.delegation_ends import (
    approve_delegation,
    cancel_delegation,
    expire_delegations,
    give_up_delegation,
    reject_delegation,
    remind_of_names,
)
from portal.registration.services.desk import NO_WAY, Linked, add, cancel_for, correct_address, send_link_to, send_links
from portal.registration.services.digesting import send_notices
from portal.registration.services.expiry import ENDED_KEPT, end_offers, expire, remove_old, sweep
from portal.registration.services.exporting import note_export
from portal.registration.services.feeds import end_feed, make_feed
from portal.registration.services.following import (
    event_cancelled,
    event_changed,
    event_postponed,
    session_cancelled,
    session_changed,
)
from portal.registration.services.handing_over import hand_over, resume
from portal.registration.services.holding import end_hold, hold, period_field, set_periods
from portal.registration.services.inviting import (
    MANY,
    Judged,
    Standing,
    forget_inviter,
    invite,
    judge,
)
from portal.registration.services.letters import send_mail_again
from portal.registration.services.naming import (
    give_back_seats,
    hand_on,
    name_people,
    sheet,
    substitute,
    take_name_back,
)
from portal.registration.services.needs import answer, ask, ask_for, confirm_need, forget_needs, note_look
from portal.registration.services.noticing import forget_notices
from portal.registration.services.offering import accept, accept_place
from portal.registration.services.purging import DETAILS_KEPT, give_codes, leave_receipts, purge
from portal.registration.services.reconfirming import reconfirm
from portal.registration.services.registering import (
    SHUT,
    Confirmed,
    MustWait,
    confirm,
    open_own,
    register,
    send_link,
    submit,
)
from portal.registration.services.reminding import remind, send_reminder_test
from portal.registration.services.reserving import (
    Effect,
    change_reserve,
    effect,
    release_due,
    remove_reserve,
    reserve,
)
from portal.registration.services.roles import NO_ROLE
from portal.registration.services.together import (
    MOST_TOGETHER,
    Asked,
    NotAll,
    Somebody,
    add_to_party,
    confirm_together,
    open_party,
    register_together,
    remove_parties,
    submit_together,
)
from portal.registration.services.touching import touched_by
from portal.registration.services.wishes import Wish

__all__ = [
    "DETAILS_KEPT",
    "ENDED_KEPT",
    "MANY",
    "MOST_TOGETHER",
    "NO_ROLE",
    "NO_WAY",
    "SHUT",
    "Asked",
    "BulkRegistration",
    "Choice",
    "Confirmed",
    "Decided",
    "Effect",
    "Judged",
    "Linked",
    "MustWait",
    "NotAll",
    "Request",
    "Somebody",
    "Standing",
    "Wish",
    "accept",
    "accept_place",
    "act_for",
    "add",
    "add_to_party",
    "answer",
    "answered_by",
    "approve",
    "approve_delegation",
    "ask",
    "ask_for",
    "ask_for_delegation",
    "bulk_register",
    "can_have",
    "cancel",
    "cancel_delegation",
    "cancel_for",
    "change",
    "change_reserve",
    "choose",
    "come",
    "come_on",
    "confirm",
    "confirm_delegation",
    "confirm_need",
    "confirm_together",
    "copy_reserves",
    "correct_address",
    "effect",
    "end_feed",
    "end_hold",
    "end_offers",
    "event_cancelled",
    "event_changed",
    "event_postponed",
    "expire",
    "expire_delegations",
    "follow_merge",
    "forget_answers",
    "forget_inviter",
    "forget_needs",
    "forget_notices",
    "give_back_seats",
    "give_codes",
    "give_up_delegation",
    "going_over",
    "hand_on",
    "hand_over",
    "hold",
    "invite",
    "judge",
    "leave",
    "leave_receipts",
    "make_feed",
    "name_people",
    "note_export",
    "note_look",
    "open_delegation",
    "open_own",
    "open_party",
    "period_field",
    "purge",
    "reconfirm",
    "register",
    "register_together",
    "reject",
    "reject_delegation",
    "release_due",
    "remind",
    "remind_of_names",
    "remove_old",
    "remove_parties",
    "remove_reserve",
    "reserve",
    "resume",
    "send_link",
    "send_link_to",
    "send_links",
    "send_mail_again",
    "send_notices",
    "send_reminder_test",
    "session_cancelled",
    "session_changed",
    "set_periods",
    "sheet",
    "submit",
    "submit_delegation",
    "submit_together",
    "substitute",
    "sweep",
    "take_name_back",
    "take_offer",
    "tell",
    "touched_by",
]  # fmt: skip
