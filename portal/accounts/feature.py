"""What accounts give to the whole: people, who they are, and what they may do in all of it."""

from portal.accounts import queries, services
from portal.accounts.cli import grant_administrator, person
from portal.accounts.demo import DEMO
from portal.accounts.facts import AddressChanged, PeopleJoined
from portal.accounts.invariants import checks
from portal.accounts.policies import RULES, SIGHTS
from portal.accounts.privacy import PART
from portal.accounts.session import init_accounts, load_person
from portal.accounts.views import bp, team_panel, waiting
from portal.accounts.visible import VISIBLE
from portal.declaration import Coded, Feature
from portal.face.look import Column, Entry
from portal.ground.authz import Identity
from portal.ground.jobs import Periodic
from portal.mail import Frequency, Kind, Mail, MailState, Pages, Reason
from portal.mail.preferences import MailPreference
from portal.privacy.consents import Consent, Purpose
from portal.words.i18n import _lp

FEATURE = Feature(
    name="accounts",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    facts=[PeopleJoined, AddressChanged],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    codes=[  # of the rooms below, whose pages are here
        Coded(Mail.kind, Kind, "mail_kind"),
        Coded(Mail.refusal, Reason, "mail_refusal"),
        Coded(Mail.state, MailState, "mail_state"),
        Coded(MailPreference.kind, Kind, "mail_kind"),
        Coded(MailPreference.frequency, Frequency, "mail_frequency"),
        Coded(Consent.purpose, Purpose, "consent_purpose"),
    ],
    panels=[team_panel],
    to_do=[waiting],
    periodic=[
        Periodic("requests for accounts", 60, services.remove_old),
        Periodic("sessions", 60, services.remove_ended_sessions),
        Periodic("unused accounts", 24 * 60, services.follow_unused, lane="night"),
        Periodic("people", 24 * 60, services.forget_strangers, lane="night"),
    ],
    footer=[(Column.TAKE_PART, Entry("accounts.sign_up", _lp("button", "Create an account"), place=1))],
    mail_kinds=[Kind.ACCOUNT],
    mail_pages=Pages(choose="accounts.mail_by_link", stop="accounts.mail_stop"),
    demo=DEMO,
    console=[person],
    grants={"administrator": grant_administrator},
    identity=Identity(load_person, queries.locale_of, "accounts.sign_in", queries.nameless()),
    init=init_accounts,
)
