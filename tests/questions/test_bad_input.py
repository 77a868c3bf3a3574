"""What people and others send in answers: read or refused with a sentence, never a failure, and nothing typed is lost."""

import io
from typing import Any

import pytest

from portal.membership import queries
from portal.membership.models import Membership, Network
from portal.questions.models import QuestionKind
from tests.factories.networks import PDF, make_network, make_question
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.support.client import CheckedClient

K = QuestionKind
GARBAGE = [
    "\x00",
    "'; DROP TABLE answer; --",
    "{{ 7 * 7 }}",
    "\u202e" * 50,
    "a" * 100_000,
    "٣",
    "😀",
    "[object Object]",
]


@pytest.fixture
def applicant(app: Any, as_person: Any) -> Any:
    """The browser of somebody who may apply, and the network."""
    owner, network = make_person(), make_network()
    make_organisation(owner)
    return as_person(owner), network


def sent(applicant: Any, kind: QuestionKind, value: Any, **more: Any) -> tuple[Any, Membership | None]:
    """The answer of the server to one value for one question."""
    browser, network = applicant
    question = make_question(network, "Pytanie?", kind=kind, **{"required": False, **more})
    page = browser.get(f"/en/networks/{network.slug}/apply")
    fields: Any = {name: text for name, text in _held(page).items() if not name.startswith("question_")}
    answer = browser.post(page.request.path, data={**fields, f"question_{question.id}": value})
    return answer, _membership(network)


def _held(page: Any) -> dict[str, str]:
    from tests.support import markup, submission

    parsed = markup.parsed(page.sent)
    return submission.values(parsed, submission.find_form(parsed, {"language"}), {})


def _membership(network: Network) -> Membership | None:
    from portal.ground.db import db

    found = db.session.query(Membership).filter_by(network_id=network.id).first()
    return found and queries.application(found.id)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        *((one, "Enter a number with at most 12 digits") for one in (
            "NaN", "nan", "inf", "-Infinity", "1e400", "1" + "0" * 400, "12 apples", "0x10", "1_000", "1,234.5", "٣",
            "½", "--1", "1.234", "9" * 13,
        )),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_sentence(applicant: Any, value: str, sentence: str) -> None:
    answer, membership = sent(applicant, K.NUMBER, value)
    assert answer.status_code == 422 and sentence in answer.text and membership is None
    assert value[:40] in answer.text


@pytest.mark.parametrize(
    ("value", "stored"),
    [("12", "12"), ("12,5", "12.5"), ("-0.25", "-0.25"), ("12 345,50", "12345.5"), ("−3", "-3"), ("+7", "7")],
)
def test_number_is_read_as_people_write_it(applicant: Any, value: str, stored: str) -> None:
    from decimal import Decimal

    answer, membership = sent(applicant, K.NUMBER, value)
    assert answer.status_code == 303 and membership is not None
    assert [one.answer.number for one in queries.answers_of(membership.id)] == [Decimal(stored)]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("2026-02-31", "There is no such day in the calendar"),
        ("31.02.2026", "There is no such day in the calendar"),
        ("2026-13-01", "There is no such day in the calendar"),
        ("2569-01-01", "Enter a year between 1900 and 2200"),  # the Buddhist calendar
        ("1448-05-18", "Enter a year between 1900 and 2200"),  # the Islamic one
        ("٢٠٢٦-٠١-٠١", "Enter the day in this form"),
        ("tomorrow", "Enter the day in this form"),
        ("2026-W05-1", "Enter the day in this form"),
        ("20260101", "Enter the day in this form"),
        ("1" * 5000, "Enter the day in this form"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(applicant: Any, value: str, sentence: str) -> None:
    answer, membership = sent(applicant, K.DATE, value)
    assert answer.status_code == 422 and sentence in answer.text and membership is None


@pytest.mark.parametrize("value", ["2026-11-21", "21.11.2026", "21. 11. 2026"])
def test_day_is_read_in_both_ways_of_writing_it(applicant: Any, value: str) -> None:
    answer, membership = sent(applicant, K.DATE, value)
    assert answer.status_code == 303 and membership is not None
    assert [str(one.answer.day) for one in queries.answers_of(membership.id)] == ["2026-11-21"]


@pytest.mark.parametrize("kind", [K.CHOICE, K.SEVERAL])
@pytest.mark.parametrize("value", ["o9", "O1", "o1 ", "yes", "-1", *GARBAGE])
def test_unknown_option_is_refused(applicant: Any, kind: QuestionKind, value: str) -> None:
    answer, membership = sent(applicant, kind, value)
    assert answer.status_code == 422 and membership is None


@pytest.mark.parametrize("kind", list(K))
@pytest.mark.parametrize("value", GARBAGE)
def test_no_value_breaks_a_page(applicant: Any, kind: QuestionKind, value: str) -> None:
    answer, _membership = sent(applicant, kind, value, required=True)
    assert answer.status_code in (303, 422)


def zip_archive() -> bytes:
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("a.html", "<script>alert(1)</script>")
    return stream.getvalue()


def bomb() -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("1", (15_000, 15_000)).save(stream, "PNG")
    return stream.getvalue()


FILES = {
    "a program": (b"MZ\x90\x00" * 100, "cannot read this file"),
    "a page": (b"<html><script>alert(1)</script>", "cannot read this file"),
    "a vector picture": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot read this file"),
    "an archive": (zip_archive(), "cannot read this file"),
    "nothing": (b"", "cannot read this file"),
    "half a PDF": (b"%PDF-1.7\n1 0 obj", "cannot read this PDF file"),
    "no version": (b"%PDF-x\n%%EOF", "cannot read this PDF file"),
    "a PDF that is an archive": (PDF + zip_archive(), "Something else is hidden"),
    "a PDF around an archive": (PDF[:-6] + zip_archive() + b"\n%%EOF\n", "Something else is hidden"),
    "a PDF with a page behind it": (PDF + b"<script>alert(1)</script>", "Something else is hidden"),
    "a page before a PDF": (b"<html>" + PDF, "cannot read this file"),
    "too large": (PDF + b"x" * 5_000_001, "the limit is 5 MB"),
    "a bomb": (bomb(), "too many pixels"),
}


@pytest.mark.parametrize("name", FILES)
def test_file_that_is_something_else_is_refused_with_a_sentence(applicant: Any, name: str) -> None:
    content, sentence = FILES[name]
    answer, membership = sent(applicant, K.FILE, (io.BytesIO(content), "statut.pdf"), required=True)
    assert answer.status_code == 422 and membership is None
    assert sentence in answer.text.replace("\xa0", " ")


def test_everything_typed_is_still_there_and_the_file_must_be_chosen_again(applicant: Any) -> None:
    browser, network = applicant
    asked = {kind: make_question(network, f"{kind}?", kind=kind) for kind in K}
    field = {kind: f"question_{one.id}" for kind, one in asked.items()}
    answer = browser.submit(
        f"/en/networks/{network.slug}/apply",
        {
            field[K.TEXT]: "Olga", field[K.LONG_TEXT]: "Festyn.", field[K.CHOICE]: "o2", field[K.SEVERAL]: ["o1", "o2"],
            field[K.NUMBER]: "dwanaście", field[K.DATE]: "2026-11-21", field[K.CONSENT]: "y",
            field[K.FILE]: (io.BytesIO(PDF), "statut.pdf"),
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert "The other answers are still here. Choose the file again." in answer.text
    held: dict[str, Any] = _held(answer)
    assert (held[field[K.TEXT]], held[field[K.LONG_TEXT]]) == (["Olga"], ["Festyn."])
    assert (held[field[K.CHOICE]], held[field[K.SEVERAL]]) == (["o2"], ["o1", "o2"])
    assert held[field[K.NUMBER]] == ["dwanaście"] and held[field[K.DATE]] == ["2026-11-21"]
    assert field[K.CONSENT] in held


def test_all_questions_that_lack_an_answer_are_named_with_their_words(applicant: Any) -> None:
    browser, network = applicant
    for kind in K:
        make_question(network, f"Sprawa {kind}?", kind=kind)
    answer = browser.submit(f"/pl/networks/{network.slug}/apply", {})
    assert answer.status_code == 422
    summary = answer.text.partition('id="problems"')[2].partition("</ul>")[0]
    assert all(f"Sprawa {kind}?" in summary for kind in K), summary


def test_fingerprints_that_were_tampered_with_are_only_old(applicant: Any) -> None:
    browser, network = applicant
    question = make_question(network, "Po co?")
    for asked in ("", "x", "1.2.3", " " * 5000, "9" * 5000, f"{question.id}.", "٣.abc", f"-{question.id}.a"):
        answer = browser.submit(
            f"/en/networks/{network.slug}/apply", {"asked": asked, f"question_{question.id}": "Bo."}
        )
        assert answer.status_code == 409, asked
    assert isinstance(browser, CheckedClient) and _membership(network) is None
