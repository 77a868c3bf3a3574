"""A report on paper: what its page says, in the same order, for whoever hands it in or keeps it."""

import datetime as dt
from collections.abc import Iterator, Sequence

from portal.face.look import in_title
from portal.face.pdf import Block, Head, Items, Pairs, Paper, Part, Passage, Rows, Way
from portal.face.web import absolute_url
from portal.impact import words
from portal.impact.models import Erratum, Report
from portal.projects.models import ZONE
from portal.words.i18n import _, formats
from portal.words.vocabularies import label


def report_on_paper(report: Report, errata: Sequence[Erratum], made_at: dt.datetime, *, address: str) -> Paper:
    """`address` is that of the page, which stands at the end."""
    name = _("Report: %(period)s", period=formats.date_range(report.starts_on, report.ends_on))
    frozen = _("Frozen on %(day)s. It does not change any more.", day=formats.date(report.frozen_at))
    note = _("As of %(when)s", when=formats.date_time(made_at, ZONE))
    blocks: list[Block] = [
        Head(report.project.title, name, [frozen], note), *_errata(report, errata), *_figures(report),
        Pairs(
            [
                (_("Records that were counted"), [formats.number(report.records)]),
                (_("Checksum of their list (SHA-256)"), [report.checksum]),
            ],
            columns=1,
        ),
        Way(address),
    ]  # fmt: skip
    return Paper(f"{name}{in_title(report.project.title)}", name, made_at, blocks)


def address_of(report: Report) -> str:
    """The full address of its page, in the language of the moment."""
    return absolute_url("impact.report", slug=report.project.slug, number=report.id)


def _errata(report: Report, errata: Sequence[Erratum]) -> Iterator[Block]:
    if not errata:
        return
    yield Part(_("Errata"))
    yield Items([words.erratum_said(one) for one in words.corrected(report, errata)])


def _figures(report: Report) -> Iterator[Block]:
    heads = [(_("Figure"), 2), (_("Value"), 0), (_("Definition"), 1)]
    figures = words.kept_of(report)
    yield Rows(_("Figures of the report"), heads, [_row(one) for one in figures])
    if any(one.leaves_out for one in figures):
        yield Passage(words.left_out(), "note")


def _row(one: words.Kept) -> Sequence[str]:
    version, hour = _("version %(n)s", n=one.version), words.unit_words(one.indicator, one.unit)
    value = words.reported(one.indicator, one.amount, one.unit)
    return label("indicator", one.indicator.code), value, f"{version}, {hour}" if hour else version
