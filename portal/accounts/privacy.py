"""What accounts hold about people: the person, the account, requests for one, and roles in the whole portal."""

import datetime as dt

from portal.accounts import mails, queries, services
from portal.accounts.models import (
    STAYS,
    Account,
    AccountSession,
    EmailChange,
    Person,
    PortalRole,
    SignUp,
    UnusedAccount,
)
from portal.accounts.unused import MONTHS, SECOND
from portal.ground.authz import PORTAL
from portal.privacy import (
    Condition,
    Farewell,
    Fate,
    Holding,
    Note,
    Part,
    Subject,
    Trace,
    by_address,
    by_number,
    role_holding,
)
from portal.words.i18n import _l, _ln

HOUR = dt.timedelta(hours=1)


def _farewell(subject: Subject) -> Farewell:
    goes = [Note(_l("The account is deleted with its name, e-mail address and password. Every device is logged out."))]
    obstacles = []
    team = [role.person_id for role in queries.administrator_roles()]
    if subject.person_id in team:
        goes.append(Note(_l("The role in the portal team ends.")))
    if team == [subject.person_id]:
        obstacles.append(Note(_l("This is the last person of the portal team. Add another one first.")))
    return Farewell(goes=goes, obstacles=obstacles)


def _leave(subject: Subject) -> None:
    services.end_administrator(subject.person_id, by=PORTAL)


def _sessions(subject: Subject) -> Condition:
    return AccountSession.account_id == subject.account_id


def _unused(subject: Subject) -> Condition:
    return UnusedAccount.account_id == subject.account_id


def _accounts(subject: Subject) -> Condition:
    return EmailChange.account_id == subject.account_id


PART = Part(
    holdings=(
        # The row itself goes, or becomes an empty shell, in `services.erase_person`, when all else is done.
        Holding(Person, _l("The person: name, address and language."), (by_number(Person.id, Fate.STAYS),)),
        Holding(
            SignUp,
            _l("Requests for an account that are not confirmed yet."),
            (by_address(SignUp.email, Fate.GONE),),
            secret=frozenset({"password", "wanted"}),
            links="sign_up",
        ),
        role_holding(PortalRole, _l("Roles in the whole portal: held, granted or ended.")),
        Holding(
            Account,
            _l("The account: when it was opened and confirmed, and the second step."),
            (by_number(Account.person_id, Fate.GONE),),
            secret=frozenset({"password", "fs_uniquifier", "totp_secret", "totp_counter", "recovery_codes"}),
            links="account",
        ),
        Holding(
            AccountSession,
            _l("Browsers in which the account is open: which kind, since when, last used, until when."),
            (Trace((AccountSession.account_id,), _sessions, Fate.GONE),),
            secret=frozenset({"number_hash"}),
        ),
        Holding(
            UnusedAccount,
            _l(
                "That nobody has used the account for a long time: when its owner was warned, and until when it is kept."
            ),
            (Trace((UnusedAccount.account_id,), _unused, Fate.GONE),),
        ),
        Holding(
            EmailChange,
            _l("Other addresses for the account that are not confirmed yet."),
            (Trace((EmailChange.account_id,), _accounts, Fate.GONE), by_address(EmailChange.email, Fate.GONE)),
            links="email_change",
        ),
    ),
    farewell=_farewell,
    leave=_leave,
    kept=(
        _ln(
            "An account is kept until its owner deletes it, or nobody has used it for %(n)s month.",
            "An account is kept until its owner deletes it, or nobody has used it for %(n)s months.",
            MONTHS,
        ),
        _ln(
            "Two messages come before an unused account is deleted, the last one %(n)s day before. Logging in once keeps it.",
            "Two messages come before an unused account is deleted, the last one %(n)s days before. Logging in once keeps it.",
            SECOND.days,
        ),
        _l(
            "An unused account stays longer while its owner alone manages a profile or coordinates a network, or takes part "
            "in a coming event."
        ),
        _ln(
            "A request for an account or for another address that nobody confirms is deleted after %(n)s hour.",
            "A request for an account or for another address that nobody confirms is deleted after %(n)s hours.",
            mails.CONFIRM_WITHIN // HOUR,
        ),
        _ln(
            "In which browsers an account is open is kept until it is logged out there, at most %(n)s day.",
            "In which browsers an account is open is kept until it is logged out there, at most %(n)s days.",
            STAYS.days,
        ),
    ),
)
