"""The forms of organisations: the shape of input only."""

from portal.organisations.forms.areas import AreasForm
from portal.organisations.forms.contacts import ContactsForm, ListForm, WriteForm, contacts_form
from portal.organisations.forms.profile import LogoForm, NameForm, NewForm, RestoreForm, SectionForm, TranslationForm
from portal.organisations.forms.state import ClosingForm, InvitationForm, ReasonForm

__all__ = [
    "AreasForm",
    "ClosingForm",
    "ContactsForm",
    "InvitationForm",
    "ListForm",
    "LogoForm",
    "NameForm",
    "NewForm",
    "ReasonForm",
    "RestoreForm",
    "SectionForm",
    "TranslationForm",
    "WriteForm",
    "contacts_form",
]
