"""What organisations give to the whole: public profiles, the directory of them, and the people who look after them."""

from portal.accounts.facts import AddressChanged
from portal.declaration import Coded, Feature
from portal.face.look import Column, Entry
from portal.ground.jobs import Periodic
from portal.mail import Kind
from portal.organisations import reactions, services
from portal.organisations.demo import DEMO
from portal.organisations.facts import PublicityChanged
from portal.organisations.findable import FINDABLE
from portal.organisations.invariants import checks
from portal.organisations.models import ContactVisibility, Organisation, OrganisationRole, OrganisationStatus, Role
from portal.organisations.policies import RULES, SIGHTS
from portal.organisations.privacy import PART
from portal.organisations.services import derived
from portal.organisations.services.states import PROFILES
from portal.organisations.views import bp, home_panel, slug_of_today
from portal.words.i18n import _l

FEATURE = Feature(
    name="organisations",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    facts=[PublicityChanged],
    answers=[(AddressChanged, reactions.address_changed)],
    privacy=PART,
    checks=checks,
    codes=[
        Coded(Organisation.status, OrganisationStatus, "org_status", frozenset({"dormant", "closed", "merged"})),
        Coded(OrganisationRole.role, Role, "org_role"),
        Coded(Organisation.contact_visibility, ContactVisibility, "visibility", frozenset({"network", "coordinators"})),
    ],
    states=[PROFILES],
    findables=[FINDABLE],
    indexes=[derived.INDEX],
    counters=[derived.COUNTS],
    panels=[home_panel],
    periodic=[Periodic("invitations", 60, services.remove_old_invitations)],
    menu=[Entry("organisations.index", _l("Organisations"))],
    footer=[(Column.TAKE_PART, Entry("organisations.start", _l("Add an organisation")))],
    reserved=frozenset({"invitations", "mine", "new"}),
    moves={"/organisations/<slug:slug>": slug_of_today},
    mail_kinds=[Kind.PROFILE, Kind.INVITATION],
    demo=DEMO,
)
