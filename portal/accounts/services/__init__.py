"""What can be done with people, accounts and roles in the whole portal."""

from portal.accounts.services.address import confirm_email_change, request_email_change
from portal.accounts.services.bulk import bulk_create_people
from portal.accounts.services.entry import (
    account_for,
    change_password,
    check_current_password,
    request_reset,
    reset_password,
)
from portal.accounts.services.erasure import erase_person, forget_strangers, hand_out
from portal.accounts.services.mail import choose_mails
from portal.accounts.services.people import (
    confirmed_person,
    create_person,
    open_account,
    person_of,
    remove_old,
    update_person,
)
from portal.accounts.services.roles import end_administrator, grant_administrator
from portal.accounts.services.second_step import pass_second_step, renew_recovery_codes, switch_off, switch_on
from portal.accounts.services.sessions import (
    end_all_sessions,
    end_session,
    end_session_of,
    open_session,
    remove_ended_sessions,
)
from portal.accounts.services.sign_up import confirm_sign_up, correct_sign_up, refuse_sign_up, sign_up
from portal.accounts.services.unused import follow_unused
from portal.accounts.services.using import note_seen

__all__ = [
    "account_for",
    "bulk_create_people",
    "change_password",
    "check_current_password",
    "choose_mails",
    "confirm_email_change",
    "confirm_sign_up",
    "confirmed_person",
    "correct_sign_up",
    "create_person",
    "end_administrator",
    "end_all_sessions",
    "end_session",
    "end_session_of",
    "erase_person",
    "follow_unused",
    "forget_strangers",
    "grant_administrator",
    "hand_out",
    "note_seen",
    "open_account",
    "open_session",
    "pass_second_step",
    "person_of",
    "refuse_sign_up",
    "remove_ended_sessions",
    "remove_old",
    "renew_recovery_codes",
    "request_email_change",
    "request_reset",
    "reset_password",
    "sign_up",
    "switch_off",
    "switch_on",
    "update_person",
]
