"""The calendar of confirmation: what is sent to whom on which day of two years, and that nothing is sent twice."""

import datetime as dt
import itertools
import logging
import tracemalloc

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.freshness import services
from portal.freshness.models import Request, Silence, Step
from portal.freshness.services import asking
from portal.freshness.steps import confirmed_before, step_owed
from portal.ground import clock
from portal.ground.batches import noted
from portal.ground.db import db, transaction
from portal.mail import Frequency, Kind, Mail, preferences, standing
from portal.organisations import queries as organisations
from portal.organisations import services as profiles
from portal.organisations.models import Organisation
from tests.factories.freshness import aged, confirmed_at
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_person
from tests.fixtures.pages import FrozenClock, Outbox

pytestmark = pytest.mark.both_engines
START = dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.UTC)


def on_profile(outbox: Outbox) -> list[tuple[str, str]]:
    """(to whom, subject) of what arrived now."""
    return sorted((str(message["To"]), str(message["Subject"])) for message in outbox.deliver())


def listed(organisation: Organisation) -> bool:
    found = organisations.Found(organisations.Filters()).listed(offset=0, limit=50)
    return organisation.id in [one.id for one in found]


MAILS = {
    "2026-12-31": [
        ("ola@example.org", "Czy dane są aktualne? Koło Lipa"),
        ("yana@example.org", "Актуални ли са данните? Koło Lipa"),
    ],
    "2027-01-31": [
        ("ola@example.org", "Przypomnienie: czy dane są aktualne? Koło Lipa"),
        ("yana@example.org", "Напомняне: актуални ли са данните? Koło Lipa"),
    ],
    "2027-02-15": [
        ("ola@example.org", "Ostatnie przypomnienie: czy dane są aktualne? Koło Lipa"),
        ("yana@example.org", "Последно напомняне: актуални ли са данните? Koło Lipa"),
    ],
    "2027-07-31": [
        ("ola@example.org", "Już nie ma na liście: Koło Lipa"),
        ("yana@example.org", "Вече не е в списъка: Koło Lipa"),
    ],
}


def test_two_years_bring_exactly_these_mails_in_the_language_of_each(
    app: Flask, outbox: Outbox, frozen_clock: FrozenClock, client
) -> None:
    frozen_clock.set(START)
    owner, editor = make_person("Ola", "ola@example.org"), make_person("Яна", "yana@example.org", locale="bg")
    organisation = make_organisation(owner, name="Koło Lipa")
    make_member(organisation, "editor", editor)
    make_member(organisation, "author", make_person("Tola", "tola@example.org"))
    make_member(organisation, "translator", make_person("Tom", "tom@example.org"))
    outbox.deliver()
    mails: dict[str, list[tuple[str, str]]] = {}
    lines: dict[str, str] = {}
    out_of_list, page = "", f"/en/organisations/{organisation.slug}"
    for day in range(730):
        frozen_clock.set(START + dt.timedelta(days=day, hours=1))
        services.ask_all()
        services.ask_all()
        date = frozen_clock.moment.date().isoformat()
        if arrived := on_profile(outbox):
            mails[date] = arrived
        if not out_of_list and not listed(organisation):
            out_of_list = date
        db.session.rollback()
        words = str(organisations.by_slug(organisation.slug).facts[0][0])  # type: ignore[union-attr]
        lines.setdefault(words.partition(":")[0], date)
    assert mails == MAILS
    assert lines == {
        "Details confirmed": "2026-01-31",
        "Details not confirmed since": "2027-03-01",
        "Not in the list of organisations": "2027-07-31",
    }
    assert out_of_list == "2027-07-31"
    shown = client.get(page).text
    assert "not confirmed since 31" in shown
    assert "January" in shown


def test_one_confirmation_brings_it_back_and_begins_the_calendar_anew(
    app: Flask, outbox: Outbox, frozen_clock: FrozenClock
) -> None:
    owner = make_person()
    organisation = aged(make_organisation(owner), 560)
    outbox.deliver()
    services.ask_all()
    assert not listed(organisation)
    assert len(outbox.deliver()) == 1
    version = fresh(organisation).row_version
    profiles.confirm(organisation, by=owner)
    assert listed(organisation)
    assert fresh(organisation).row_version == version
    assert fresh(organisation).dormant_since is None
    services.ask_all()
    assert not outbox.deliver()
    frozen_clock.shift(days=336)
    services.ask_all()
    services.ask_all()
    assert [str(message["Subject"])[:12] for message in outbox.deliver()] == ["Czy dane są "]


@pytest.mark.parametrize(
    ("days", "beginning"),
    [
        (340, "Czy dane"),
        (370, "Przypomnienie"),
        (385, "Ostatnie"),
        (400, "Ostatnie"),
        (600, "Już nie ma"),
        (1500, "Już nie ma"),
    ],
)
def test_a_job_that_did_not_run_for_months_sends_one_mail_and_not_four(
    app: Flask, outbox: Outbox, days: int, beginning: str
) -> None:
    aged(make_organisation(make_person()), days)
    outbox.deliver()
    for _ in range(3):
        services.ask_all()
    (message,) = outbox.deliver()
    assert str(message["Subject"]).startswith(beginning)


def test_whoever_became_editor_yesterday_is_asked_once(app: Flask, outbox: Outbox, frozen_clock: FrozenClock) -> None:
    organisation = aged(make_organisation(make_person("Ola", "ola@example.org")), 340)
    outbox.deliver()
    services.ask_all()
    assert len(outbox.deliver()) == 1
    make_member(organisation, "editor", make_person("Nowa", "nowa@example.org"))
    frozen_clock.shift(days=1)
    services.ask_all()
    assert not outbox.deliver()
    frozen_clock.shift(days=40)
    for _ in range(2):
        services.ask_all()
    assert [str(message["To"]) for message in outbox.deliver()] == ["ola@example.org", "nowa@example.org"]


def test_owner_and_editor_in_one_person_gets_one_mail(app: Flask, outbox: Outbox) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    make_member(organisation, "editor", owner)
    aged(organisation, 340)
    outbox.deliver()
    services.ask_all()
    assert len(outbox.deliver()) == 1


@pytest.mark.parametrize("status", ["draft", "pending", "hidden", "suspended"])
@pytest.mark.unsound("a profile that waits has no review here")
def test_only_what_the_public_reads_is_asked_about(app: Flask, outbox: Outbox, status: str) -> None:
    aged(make_organisation(make_person(), status=status), 600)
    outbox.deliver()
    services.ask_all()
    assert not outbox.deliver()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Silence)) == 0


def test_who_does_not_want_such_mails_gets_none_and_others_do(app: Flask, outbox: Outbox) -> None:
    organisation = make_organisation(make_person("Ola", "ola@example.org"))
    make_member(organisation, "editor", make_person("Ewa", "ewa@example.org"))
    with transaction():
        preferences.choose("ola@example.org", {Kind.PROFILE_CONFIRMATION: Frequency.NEVER}, how=preferences.How.ACCOUNT)
    aged(organisation, 340)
    outbox.deliver()
    services.ask_all()
    assert [str(message["To"]) for message in outbox.deliver()] == ["ewa@example.org"]
    db.session.rollback()
    assert db.session.get_one(Silence, organisation.id).task_since is None


def test_a_mailbox_that_sends_back_gets_no_mail(app: Flask, outbox: Outbox) -> None:
    organisation = make_organisation(make_person("Ola", "ola@example.org"))
    aged(organisation, 340)
    outbox.deliver()
    with transaction():
        standing.note_report("ola@example.org", is_hard=True, code="5.1.1")
    services.ask_all()
    assert not outbox.deliver()
    db.session.rollback()
    assert db.session.get_one(Silence, organisation.id).task_since is not None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Request)) == 0


def test_one_profile_that_fails_is_told_and_the_others_are_asked(
    app: Flask, outbox: Outbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [aged(make_organisation(make_person(f"O {number}", f"o{number}@example.org")), 340) for number in range(3)]
    outbox.deliver()
    bad, real = rows[1].id, asking.step_owed
    moment = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    confirmed_at(rows[1], moment)

    def owed(since: dt.datetime, now: dt.datetime) -> Step | None:
        if since == moment:
            raise RuntimeError("poisoned")
        return real(since, now)

    monkeypatch.setattr(asking, "step_owed", owed)
    with noted() as failures, caplog.at_level(logging.ERROR):
        assert services.ask_all() == 2
    assert failures.number == 1
    assert [record.getMessage() for record in caplog.records] == [f"confirmations: {bad} failed"]
    assert [str(message["To"]) for message in outbox.deliver()] == ["o0@example.org", "o2@example.org"]
    monkeypatch.setattr(asking, "step_owed", real)
    assert services.ask_all() == 1


def test_every_edit_by_an_editor_confirms_and_a_translation_by_a_translator_does_not(app: Flask) -> None:
    from tests.factories.organisations import translated, words

    owner = make_person()
    organisation = make_organisation(owner)
    translator = make_member(organisation, "translator")
    texts = translated(name="Lime")

    def confirmed(edit) -> bool:
        old = aged(organisation, 600)
        services.ask_all()
        edit(fresh(old))
        now = fresh(old)
        return now.confirmed_at == clock.now() and now.dormant_since is None and listed(now)

    with clock.frozen(clock.now()):
        assert not confirmed(
            lambda o: profiles.translate(o, by=translator, language="en", version=o.row_version, **texts)
        )
        assert confirmed(lambda o: profiles.translate(o, by=owner, language="en", version=o.row_version, **texts))
        assert confirmed(lambda o: profiles.update(o, by=owner, version=o.row_version, **words()))
        assert confirmed(lambda o: profiles.set_logo(o, by=owner, picture=_png(), alt="Lipa", decorative=False))
        assert confirmed(lambda o: profiles.remove_logo(o, by=owner))


def _png() -> bytes:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (64, 64), "green").save(stream, "PNG")
    return stream.getvalue()


def test_months_are_those_of_the_calendar_also_at_their_ends() -> None:
    confirmed = dt.datetime(2026, 3, 31, 10, tzinfo=dt.UTC)
    days = [dt.datetime(2027, 2, 28, 12, tzinfo=dt.UTC), dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)]
    assert [step_owed(confirmed, day) for day in days] == [None, Step.ASKED]
    leap = confirmed_before(dt.datetime(2028, 2, 29, 12, tzinfo=dt.UTC))
    assert leap[Step.REMINDED] == dt.datetime(2027, 2, 28, 23, tzinfo=dt.UTC)
    moments = [confirmed_before(days[0] + dt.timedelta(hours=hour)) for hour in range(0, 24 * 400, 7)]
    for step in Step:
        assert all(a[step] <= b[step] for a, b in itertools.pairwise(moments))


def test_ten_thousand_due_profiles_are_asked_in_bounded_memory(app: Flask) -> None:
    """Read a few at a time, each a use-case of its own: memory does not grow with their number."""
    from portal.organisations.services import BulkRow, bulk_create
    from portal.words.i18n import Localized

    old = clock.now() - dt.timedelta(days=340)
    text = Localized.of("pl", "Koło")
    bulk_create(
        BulkRow(
            name=Localized.of("pl", f"Koło {number}"), summary=text, description=text, legal_form="pl-assoc",
            town="Łódź", region="PL-10", themes=("1",), published_at=old,
        )
        for number in range(1_500)
    )  # fmt: skip
    db.session.remove()
    tracemalloc.start()
    assert services.ask_all() == 1_500
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert services.ask_all() == 0
    db.session.rollback()
    waiting = sa.select(sa.func.count()).where(Silence.task_since.is_not(None))
    assert db.session.scalar(waiting) == 1_500
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Mail)) == 0
