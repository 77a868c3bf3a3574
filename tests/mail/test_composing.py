"""What a mail server gets: words, files and headers, and nothing that somebody put into them."""

import email
import email.policy
from email.message import EmailMessage

import pytest

from portal.mail.composing import composed
from portal.mail.rendering import Rendered

TEXT = "Cześć,\n\nŻółty " + "x" * 1200 + "\n.kropka\nFrom the beginning\n"
HTML = "<!doctype html>\n<p>Здравейте</p>\n"
CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:Zażółć\r\nEND:VCALENDAR\r\n".encode()


def made(**changes: object) -> EmailMessage:
    values: dict[str, object] = {
        "sender": "Portal Żółw <portal@example.org>",
        "to": "anna@example.org",
        "message_id": "<1@a.pl>",
    }
    subject = str(changes.pop("subject", "Zażółć gęślą – Здравейте, Яна"))
    return composed(Rendered(subject, TEXT, HTML, "pl"), **{**values, **changes})  # type: ignore[arg-type]


def arrived(message: EmailMessage) -> EmailMessage:
    """As a mail program reads it."""
    read = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_words_and_headers_arrive_as_they_were() -> None:
    read = arrived(made())
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None and html is not None
    for part, words in ((plain, TEXT), (html, HTML)):
        assert part.get_content().replace("\r\n", "\n") == words
    assert read["Subject"] == "Zażółć gęślą – Здравейте, Яна"
    assert [str(read[name]) for name in ("From", "To", "Message-ID")] == [
        "Portal Żółw <portal@example.org>", "anna@example.org", "<1@a.pl>",
    ]  # fmt: skip
    assert [read[name] for name in ("Auto-Submitted", "Content-Language")] == ["auto-generated", "pl"]
    assert read["Date"].datetime.tzinfo is not None
    assert read.get_content_type() == "multipart/alternative"


def test_it_travels_in_ascii_with_short_lines() -> None:
    raw = made(files=[("plan.ics", "text/calendar", CALENDAR)]).as_bytes()
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_files_keep_their_name_kind_and_content() -> None:
    read = arrived(
        made(files=[("plan.ics", "text/calendar", CALENDAR), ("żółw.pdf", "application/pdf", b"%PDF\x00\xff")])
    )
    assert read.get_content_type() == "multipart/mixed"
    calendar, pdf = read.iter_attachments()
    assert (calendar.get_filename(), calendar["Content-Type"]) == ("plan.ics", 'text/calendar; charset="utf-8"')
    assert calendar.get_content().splitlines() == CALENDAR.decode().splitlines()
    assert (pdf.get_filename(), pdf.get_content_type(), pdf.get_content()) == (
        "żółw.pdf",
        "application/pdf",
        b"%PDF\x00\xff",
    )


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028"])
def test_a_subject_makes_no_header(end: str) -> None:
    read = arrived(made(subject=f"Hello{end}Bcc: everybody@example.org"))
    assert read["Bcc"] is None
    assert read["Subject"] == "Hello Bcc: everybody@example.org"


@pytest.mark.parametrize("field", ["to", "message_id"])
def test_no_other_word_makes_a_header(field: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|CR or LF"):
        made(**{field: "x@example.org\r\nBcc: everybody@example.org"})


def test_a_domain_travels_in_ascii() -> None:
    assert made(to="anna@ośrodek.pl")["To"] == "anna@xn--orodek-3ib.pl"
