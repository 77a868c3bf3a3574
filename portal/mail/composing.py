"""The mail as it travels: both forms of its words, its files and its headers, all of it in ASCII."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from portal.ground import clock
from portal.ground.mailboxes import wire_domain
from portal.mail.kinds import Reason
from portal.mail.message import Undeliverable
from portal.mail.rendering import Rendered

Attachment = tuple[str, str, bytes]  # file name, MIME type, content (UTF-8 when it is text)
SEVEN_BITS = SMTP.clone(cte_type="7bit")  # no server on the way needs to be asked for 8BITMIME


def composed(
    rendered: Rendered, *, sender: str, to: str, message_id: str, files: list[Attachment] | None = None,
    stop_url: str | None = None, reply_to: str = "",
) -> EmailMessage:  # fmt: skip
    """A mail to one address. Words of people make no header: line ends in a subject are spaces, elsewhere a ValueError.

    With `stop_url` mail programs offer to end such mails by one click (RFC 8058): they post to it. Raises Undeliverable
    when the address has no form in which it travels.
    """
    message = EmailMessage(policy=SEVEN_BITS)
    message["Subject"] = " ".join(rendered.subject.split())
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address("", to)
    if reply_to:
        message["Reply-To"] = _address("", reply_to)
    message["Date"] = clock.now()
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if stop_url is not None:
        message["List-Unsubscribe"] = f"<{stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    for name, mime, content in files or []:
        kind, _slash, subtype = mime.partition("/")
        if kind == "text":
            message.add_attachment(content.decode(), subtype=subtype, filename=name)
        else:
            message.add_attachment(content, kind, subtype, filename=name)
    message["Content-Language"] = rendered.lang  # of the whole: before the parts are there it would go into the first
    return message


def _address(name: str, address: str) -> Address:
    """A domain travels in its ASCII form; a name before the @ that is not ASCII needs a server with SMTPUTF8."""
    local, _at, domain = address.rpartition("@")
    try:
        return Address(name, local, wire_domain(domain))
    except UnicodeError as error:
        raise Undeliverable("The domain is none that the Internet knows.", Reason.NO_SUCH_ADDRESS) from error
