"""The mail of a message: the words of people, framed by who they are and why they come."""

from portal import mail
from portal.accounts.models import Person
from portal.declaration import Audience
from portal.ground import clock
from portal.messages.models import Message
from portal.messages.queries import Place
from portal.words.i18n import Localized

TEMPLATE = "messages/mail/message"


def to_person(message: Message, place: Place, audience: Audience, to: Person) -> mail.Message:
    """To somebody of the audience, in their language or the one that there is."""
    return _mail(
        message, place, audience, to.address, to.locale,
        kind=place.kind.mail, key=f"message:{message.id}:{to.id}", person_id=to.id,
    )  # fmt: skip


def test(message: Message, place: Place, audience: Audience, to: Person, lang: str) -> mail.Message:
    """To whoever writes it, as readers of `lang` will get it. Asked for twice within a minute it comes once.

    It answers an own act, so it also comes to who wants no such mails from others.
    """
    key = f"message-test:{message.id}:{message.row_version}:{lang}:{to.id}:{clock.now():%Y%m%d%H%M}"
    return _mail(message, place, audience, to.address, lang, kind=mail.Kind.ACCOUNT, key=key, person_id=None)


def _mail(
    message: Message, place: Place, audience: Audience, to: str, lang: str,
    *, kind: mail.Kind, key: str, person_id: int | None,
) -> mail.Message:  # fmt: skip
    endpoint, values = place.kind.page(place.row)
    return mail.Message(
        kind=kind,
        concerns=mail.concern(message.sender, message.sender_number),
        template=TEMPLATE,
        to=to,
        lang=lang,
        dedupe_key=key,
        context={
            "subject": _one(message.subject, lang),
            "body": _one(message.body, lang),
            "sender": place.name,
            "why": audience.why,
            "contact": place.kind.contact(place.row),
        },
        links={"page": mail.Link(endpoint, dict(values))},
        person_id=person_id,
    )


def _one(words: Localized, lang: str) -> Localized:
    """The words as one reader gets them: hundreds of rows need not carry all three languages."""
    shown = words.shown_in(lang)
    return Localized.of(shown.lang, shown.text)
