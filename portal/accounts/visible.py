"""What others see about a person through the account, and of what all rooms hold."""

from collections.abc import Sequence

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.privacy.visible import Seen, Visible
from portal.words.i18n import _


def _lines(person: Person) -> Sequence[Seen]:
    found = [
        Seen(
            _("Your name"), _("Those who look after the same organisation or network as you"),
            _("You look after it together."),
        ),
        Seen(
            _("Whether a message of the portal about an event, a network or an organisation has reached you"),
            _("Those who run the event, the network or the organisation"),
            _("The message is about what they run."),
        ),
        Seen(
            _(
                "Your name and address, and when you were last here, if nobody uses the account and it cannot be deleted"
            ),
            _("The portal team"),
            _("It helps, so that somebody else can take over."),
        ),
    ]  # fmt: skip
    if is_administrator(person):
        found.append(Seen(_("That you belong to the portal team"), _("The portal team"), _("You belong to it.")))
    return found


VISIBLE = Visible(
    tables=frozenset({"person", "portal_role", "unused_account", "outbox_mail", "mail_preference", "bounced_mailbox"}),
    lines=_lines,
    unseen={
        "account": "only the person opens it",
        "account_session": "only the person sees where it is open",
        "sign_up": "nobody has read it before it is confirmed",
        "email_change": "only the person confirms it",
        "consent": "what it allows is said where it is shown; the row is the person's alone",
        "file": "a picture is shown without whoever brought it",
        "audit_detail": "those who run the portal read it on the console",
        "limit_hit": "a hash that is counted",
    },
)
