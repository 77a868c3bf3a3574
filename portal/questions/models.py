"""Sets of questions, their options and conditions, and what was answered."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime
from portal.words.i18n import Localized, LocalizedText

AGREED = "yes"  # the one answer of a consent


class QuestionKind(StrEnum):
    """What an answer is; the names are the vocabulary `question_kind`."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    CONSENT = "consent"

    @property
    def has_options(self) -> bool:
        return self in (QuestionKind.CHOICE, QuestionKind.SEVERAL)

    @property
    def can_lead(self) -> bool:
        """Can another question depend on its answer?"""
        return self.has_options or self is QuestionKind.CONSENT


class Hundredths(sa.TypeDecorator[Decimal]):
    """A number with two decimals, as the whole number of its hundredths: exact and in order on both databases."""

    impl = sa.BigInteger
    cache_ok = True
    python_type = Decimal

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class QuestionSet(Model):
    """What somebody asks in one form. Whoever asks holds its number."""

    __tablename__ = "question_set"
    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    __table_args__ = UNSEEN


class Asks:
    """A row that holds a set: whoever asks."""

    if TYPE_CHECKING:
        id: Mapped[int]

    question_set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("question_set.id"), index=True)


class Question(Model):
    """One question. Limits are those of its kind; None: no limit of its own."""

    __tablename__ = "question"
    id: Mapped[int] = mapped_column(primary_key=True)
    question_set_id: Mapped[int] = mapped_column(sa.ForeignKey("question_set.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(16))
    text: Mapped[Localized] = mapped_column(LocalizedText)
    hint: Mapped[Localized | None] = mapped_column(LocalizedText)
    required: Mapped[bool] = mapped_column(default=True)
    most_letters: Mapped[int | None]
    most_words: Mapped[int | None]
    least_choices: Mapped[int | None]
    most_choices: Mapped[int | None]
    least: Mapped[Decimal | None] = mapped_column(Hundredths)
    most: Mapped[Decimal | None] = mapped_column(Hundredths)
    earliest: Mapped[dt.date | None]
    latest: Mapped[dt.date | None]
    kept_days: Mapped[int | None]  # after the end of what it is asked for; None = as long as the rest of the form
    retired_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('text', 'long-text', 'choice', 'several', 'number', 'date', 'file', 'consent')", name="kind"
        ),
        sa.CheckConstraint(
            "kind IN ('text', 'long-text') OR (most_letters IS NULL AND most_words IS NULL)", name="text_limits"
        ),
        sa.CheckConstraint("most_letters > 0 AND most_words > 0", name="text_room"),
        sa.CheckConstraint("kind = 'several' OR (least_choices IS NULL AND most_choices IS NULL)", name="choices"),
        sa.CheckConstraint("least_choices > 0 AND least_choices <= most_choices", name="choice_range"),
        sa.CheckConstraint("kind = 'number' OR (least IS NULL AND most IS NULL)", name="number_limits"),
        sa.CheckConstraint("least <= most", name="number_range"),
        sa.CheckConstraint("kind = 'date' OR (earliest IS NULL AND latest IS NULL)", name="date_limits"),
        sa.CheckConstraint("earliest <= latest", name="date_range"),
        sa.CheckConstraint("kept_days BETWEEN 0 AND 365", name="kept_days"),
        sa.UniqueConstraint("id", "kind", name="uq_question_id_kind"),  # answers and conditions name both
        UNSEEN,
    )


class Option(Model):
    """An answer that can be chosen. Its code never changes; its words are in each language."""

    __tablename__ = "question_option"
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    position: Mapped[int]
    text: Mapped[Localized] = mapped_column(LocalizedText)
    retired_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.CheckConstraint("code <> ''", name="code"), UNSEEN)


class Condition(Model):
    """A question that is asked only after one answer of an earlier one: `code` of an option, or `AGREED` of a consent."""

    __tablename__ = "question_condition"
    question_id: Mapped[int] = mapped_column(
        sa.ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    on_id: Mapped[int]
    on_kind: Mapped[str] = mapped_column(sa.String(16))
    code: Mapped[str] = mapped_column(sa.String(8))

    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["on_id", "on_kind"], ["question.id", "question.kind"], name="fk_question_condition_on", ondelete="CASCADE"
        ),
        sa.Index("ix_question_condition_on", "on_id", "on_kind"),
        sa.CheckConstraint("on_kind IN ('choice', 'several', 'consent')", name="on_kind"),
        sa.CheckConstraint("on_id <> question_id", name="other"),
        sa.CheckConstraint("code <> '' AND (on_kind = 'consent') = (code = 'yes')", name="code"),
        UNSEEN,
    )


class AnswerSet(Model):
    """Everything that somebody has answered in one form.

    `personal`: the answers are about the person and go with them; those given for an organisation stay and name nobody.
    """

    __tablename__ = "answer_set"
    id: Mapped[int] = mapped_column(primary_key=True)
    question_set_id: Mapped[int] = mapped_column(sa.ForeignKey("question_set.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    personal: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    __table_args__ = UNSEEN


class Answer(Model):
    """One answer, in the column of its kind.

    `text` are the words that were written in the language `lang`; of choices and of a consent those that stood there, of
    a file its name. `asked` is the question as it was read, in `asked_lang`, at version `asked_version` of it.
    """

    __tablename__ = "answer"
    answer_set_id: Mapped[int] = mapped_column(
        sa.ForeignKey("answer_set.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    question_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(16))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    number: Mapped[Decimal | None] = mapped_column(Hundredths)
    day: Mapped[dt.date | None]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"), index=True)
    lang: Mapped[str] = mapped_column(sa.String(2))
    asked: Mapped[str] = mapped_column(sa.Text)
    asked_lang: Mapped[str] = mapped_column(sa.String(2))
    asked_version: Mapped[int]
    answered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)

    __table_args__ = (
        sa.ForeignKeyConstraint(["question_id", "kind"], ["question.id", "question.kind"], name="fk_answer_question"),
        sa.Index("ix_answer_question", "question_id", "kind"),
        sa.CheckConstraint("(kind = 'number') = (number IS NOT NULL)", name="number"),
        sa.CheckConstraint("(kind = 'date') = (day IS NOT NULL)", name="day"),
        sa.CheckConstraint("(kind = 'file') = (file_id IS NOT NULL)", name="file"),
        sa.CheckConstraint("(kind IN ('number', 'date')) = (text = '')", name="text"),
        UNSEEN,
    )


class AnswerChoice(Model):
    """An option that was chosen in an answer."""

    __tablename__ = "answer_choice"
    answer_set_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(sa.String(8), primary_key=True)

    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["answer_set_id", "question_id"], ["answer.answer_set_id", "answer.question_id"],
            name="fk_answer_choice_answer", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id", "code"], ["question_option.question_id", "question_option.code"],
            name="fk_answer_choice_option",
        ),
        sa.Index("ix_answer_choice_option", "question_id", "code"),
        UNSEEN,
    )  # fmt: skip
