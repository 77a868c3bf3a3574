"""What others see about a person through organisations: roles, entries on profiles, invitations."""

from collections.abc import Sequence

from flask import url_for

from portal.accounts.models import Person
from portal.declaration import Words
from portal.organisations import queries
from portal.organisations.models import ListedPerson, Organisation, OrganisationStatus, Visibility
from portal.privacy.visible import Seen, Visible
from portal.words.i18n import _
from portal.words.vocabularies import label


def _lines(person: Person) -> Sequence[Seen]:
    managing = _("Those who manage the profile")
    own = queries.mine(person)
    roles = [
        Seen(
            _("Your role: %(role)s", role=", ".join(label("org_role", role) for role in sorted(roles))),
            managing, _("You have this role in the organisation."), organisation.name,
            url_for("organisations.show", slug=organisation.slug),
        )
        for organisation, roles in own
    ]  # fmt: skip
    acts = [
        Seen(
            _("What you have done and changed, with your name"), _("People of the organisation, and the portal team"),
            _("You have a role in the organisation."), organisation.name,
            url_for("organisations.acts", slug=organisation.slug),
        )
        for organisation, _roles in own
    ]  # fmt: skip
    entries = [
        Seen(
            _("Your entry on the profile: %(kind)s", kind=label("listed_kind", one.kind)),
            _readers(one) or managing, _agreed(one), one.organisation.name,
            url_for("organisations.show", slug=one.organisation.slug) if one.is_shown else "",
        )
        for one in queries.listed_of_person(person)
    ]  # fmt: skip
    contacts = [
        Seen(
            _("Your address as a contact of the organisation"), _of_contact(organisation, visibility),
            _("The organisation gives it as its contact."), organisation.name,
            url_for("organisations.show", slug=organisation.slug),
        )
        for organisation, visibility in queries.contacts_with(person.email or "")
    ]  # fmt: skip
    invited = Seen(_("That you are invited to help with a profile"), managing, _("They invited you."))
    asked = queries.invitations_to(person.email or "")
    return [*roles, *acts, *entries, *contacts, *([invited] if asked else [])]


def _agreed(one: ListedPerson) -> Words:
    return _("You agreed to it.") if one.confirmed_at else _("You were asked whether you agree.")


def _of_contact(organisation: Organisation, visibility: str) -> Words:
    """Who sees a contact: of what is not public, only its own people."""
    if organisation.status != OrganisationStatus.PUBLISHED:
        return _("People of the organisation")
    return {
        Visibility.PUBLIC: _("Everybody"),
        Visibility.REGISTERED: _("People with an account"),
        Visibility.NETWORK: _("Members of the same networks"),
        Visibility.COORDINATORS: _("Coordinators of its networks"),
        Visibility.PRIVATE: _("People of the organisation"),
    }[Visibility(visibility)]


def _readers(one: ListedPerson) -> Words:
    if not one.is_shown or one.organisation.status != OrganisationStatus.PUBLISHED:
        return ""
    return _("Everybody") if one.is_public else _("People with an account")


VISIBLE = Visible(
    tables=frozenset(
        {"organisation_role", "organisation_person", "organisation_invitation", "audit_entry", "revision"}
    ),
    lines=_lines,
)
