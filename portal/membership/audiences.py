"""In whose name coordinators write to many, and to whom: what `portal.messages` knows of networks."""

from portal.declaration import Audience, Sender
from portal.mail import Kind
from portal.membership import queries
from portal.membership.models import Network
from portal.membership.policies import Permission
from portal.words.i18n import _l

# What the mail says last, as the msgid of the sentence: it is rendered later, in the language of whoever reads it.
OWNS = "You get this message because you own the profile of an organisation that is a member of this network."
ACTS = "You get this message because you act for an organisation that is a member of this network."
APPLIES = (
    "You get this message because you act for an organisation whose application to this network waits for an answer."
)
_SENTENCES = (
    _l("You get this message because you own the profile of an organisation that is a member of this network."),
    _l("You get this message because you act for an organisation that is a member of this network."),
    _l(
        "You get this message because you act for an organisation whose application to this network waits for an answer."
    ),
)

SENDER = Sender(
    code="network",
    model=Network,
    by_slug=queries.network_by_slug,
    by_number=queries.network_of,
    permission=Permission.WRITE_TO_PEOPLE,
    name=lambda network: network.name,
    contact=lambda network: network.contact_email,
    page=lambda network: ("membership.show", {"slug": network.slug}),
    mail=Kind.NETWORK_MESSAGE,
    audiences=(
        Audience(
            "member-people",
            _l("Everybody in charge of member organisations"),
            _l("Owners, editors and representatives of the organisations that are members on the day of sending."),
            ACTS,
            queries.member_people,
        ),
        Audience(
            "member-owners",
            _l("Owners of the profiles of member organisations"),
            _l("One or a few people of each organisation that is a member on the day of sending."),
            OWNS,
            queries.member_owners,
        ),
        Audience(
            "applicants",
            _l("Those whose application waits"),
            _l("Owners, editors and representatives of organisations whose application has no decision yet."),
            APPLIES,
            queries.applicants,
        ),
    ),
)
