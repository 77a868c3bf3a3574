"""Who else helps, and what becomes of a profile."""

from typing import Unpack

from portal.face.forms import (
    ChoiceField,
    DateField,
    EmailField,
    Form,
    Given,
    TextArea,
    choices,
    email,
    length,
    required,
)
from portal.organisations.models import Role
from portal.words.i18n import _l, _lp
from portal.words.vocabularies import label


class InvitationForm(Form):
    """Whom to ask, and for what."""

    email = EmailField(
        _l("E-mail address"), [required(_l("Enter the e-mail address of the person.")), email(), length(320)]
    )
    role = ChoiceField(_l("Role"), [required(_l("Choose a role."))], default=Role.EDITOR.value)

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        offered = (Role.EDITOR, Role.TRANSLATOR, Role.AUTHOR, Role.OWNER)
        self.role.choices = choices((role, label("org_role", role)) for role in offered)


class ClosingForm(Form):
    """When an organisation ended, and why. The portal team has to say why."""

    last_day = DateField(_l("Last day"), [required(_l("Enter the last day, for example today."))])
    reason = TextArea(_lp("decision", "Reason"), [length(2000)])


class ReasonForm(Form):
    """Why."""

    reason = TextArea(
        _lp("decision", "Reason"),
        [required(_l("Give the reason: the people of the organisation will read it.")), length(2000)],
    )
