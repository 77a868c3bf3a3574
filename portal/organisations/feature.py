"""What organisations give to the whole: public profiles, the directory of them, and the people who look after them."""

from portal.accounts.facts import AddressChanged
from portal.areas.facts import AreasRenamed
from portal.declaration import Coded, Feature
from portal.face.look import Column, Entry
from portal.ground.jobs import Periodic
from portal.mail import Kind
from portal.organisations import reactions, services
from portal.organisations.demo import DEMO
from portal.organisations.facets import FACETS
from portal.organisations.facts import (
    DirectoryChanged,
    LegalDetailsChanged,
    OrganisationClosed,
    PublicationAsked,
    PublicityChanged,
)
from portal.organisations.findable import FINDABLE
from portal.organisations.invariants import checks
from portal.organisations.models import (
    AreaUse,
    Contact,
    ContactKind,
    Link,
    LinkKind,
    ListedKind,
    ListedPerson,
    NameKind,
    Organisation,
    OrganisationArea,
    OrganisationRole,
    OrganisationStatus,
    OtherName,
    Role,
    Visibility,
)
from portal.organisations.policies import RULES, SIGHTS
from portal.organisations.privacy import PART
from portal.organisations.services import derived
from portal.organisations.services.states import PROFILES
from portal.organisations.views import bp, files, home_panel, profile_parts, slug_of_today
from portal.organisations.visible import VISIBLE
from portal.words.i18n import _l

FEATURE = Feature(
    name="organisations",
    blueprints=[bp, files],
    rules=RULES,
    sights=SIGHTS,
    facts=[DirectoryChanged, PublicityChanged, OrganisationClosed, PublicationAsked, LegalDetailsChanged],
    answers=[(AddressChanged, reactions.address_changed), (AreasRenamed, reactions.areas_renamed)],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    codes=[
        Coded(Organisation.status, OrganisationStatus, "org_status", frozenset({"dormant"})),
        Coded(OrganisationArea.kind, AreaUse, "area_kind"),
        Coded(OrganisationRole.role, Role, "org_role"),
        Coded(Contact.kind, ContactKind, "contact_kind"),
        Coded(ListedPerson.kind, ListedKind, "listed_kind"),
        Coded(Contact.visibility, Visibility, "visibility"),
        Coded(Link.kind, LinkKind, "link_type", frozenset({"website", "register"})),
        Coded(OtherName.kind, NameKind, "name_kind", frozenset({"official"})),
    ],
    states=[PROFILES],
    findables=[FINDABLE],
    facets=FACETS,
    indexes=[derived.INDEX],
    counters=[derived.BITMAPS],
    panels=[home_panel],
    profile_parts=[profile_parts],
    periodic=[
        Periodic("invitations", 60, services.remove_old_invitations),
        Periodic("directory", 5, services.keep_up),
        Periodic("listed people", 60, services.look_after_listed),
        Periodic("contacts of 0.1.0", 5, services.carry_contacts),
    ],
    menu=[Entry("organisations.index", _l("Organisations"))],
    footer=[(Column.TAKE_PART, Entry("organisations.start", _l("Add an organisation")))],
    reserved=frozenset({"invitations", "listed", "map", "mine", "new"}),
    moves={"/organisations/<slug:slug>": slug_of_today},
    mail_kinds=[Kind.PROFILE, Kind.INVITATION],
    demo=DEMO,
)
