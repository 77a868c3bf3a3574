"""Areas, with all countries and regions; and where organisations have their seat and work.

Revision: ecc48b1a
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "ecc48b1a"
down_revision = "b3f7c2d1"

SEAT = sa.text("kind = 'seat'")
# Code of ISO 3166, own language, names in Polish, Bulgarian and English, and the folded words that they are found by.
# Countries come before their regions.
KNOWN = (
    ("PL", "pl", "Polska", "Полша", "Poland", "poland polsha polska polxa"),
    ("BG", "bg", "Bułgaria", "България", "Bulgaria", "balgaria bilgaria bulgaria bylgaria"),
    ("PL-02", "pl", "dolnośląskie", "Долносилезко", "Lower Silesia", "dolnosilezko dolnoslaskie dolnoslonske lover lower silesia"),
    ("PL-04", "pl", "kujawsko-pomorskie", "Куявско-Поморско", "Kuyavia-Pomerania", "kuiavia kuiavsko kujawsko kuyavia kuyavsko pomerania pomorske pomorskie pomorsko"),
    ("PL-06", "pl", "lubelskie", "Люблинско", "Lublin", "liublinsko lubelske lubelskie lublin lyublinsko"),
    ("PL-08", "pl", "lubuskie", "Любушко", "Lubusz", "liubuxko lubuske lubuskie lubusz lubux lyubushko"),
    ("PL-10", "pl", "łódzkie", "Лодзко", "Łódź", "lodz lodzke lodzkie lodzko"),
    ("PL-12", "pl", "małopolskie", "Малополско", "Lesser Poland", "leser lesser malopolske malopolskie malopolsko poland"),
    ("PL-14", "pl", "mazowieckie", "Мазовско", "Mazovia", "mazovecke mazovia mazovsko mazowieckie"),
    ("PL-16", "pl", "opolskie", "Ополско", "Opole", "opole opolske opolskie opolsko"),
    ("PL-18", "pl", "podkarpackie", "Подкарпатско", "Subcarpathia", "podkarpackie podkarpatsko podkyrpacke podkyrpacko subcarpathia subcyrpathia"),
    ("PL-20", "pl", "podlaskie", "Подляско", "Podlasie", "podlase podlasie podlaske podlaskie podliasko podlyasko"),
    ("PL-22", "pl", "pomorskie", "Поморско", "Pomerania", "pomerania pomorske pomorskie pomorsko"),
    ("PL-24", "pl", "śląskie", "Силезко", "Silesia", "silesia silezko slaskie slonske"),
    ("PL-26", "pl", "świętokrzyskie", "Швентокшиско", "Świętokrzyskie", "shventokshisko sventokjiske swietokrzyskie xventokxisko"),
    ("PL-28", "pl", "warmińsko-mazurskie", "Варминско-Мазурско", "Warmia-Masuria", "masuria mazurskie mazursko mazyrske mazyrsko varminsko vyrmia vyrminsko warmia warminsko"),
    ("PL-30", "pl", "wielkopolskie", "Великополско", "Greater Poland", "greater poland velikopolsko velkopolske wielkopolskie"),
    ("PL-32", "pl", "zachodniopomorskie", "Западнопоморско", "West Pomerania", "pomerania vest west zachodniopomorskie zapadnopomorsko zaqodniopomorske"),
    ("BG-01", "bg", "Błagojewgrad", "Благоевград", "Blagoevgrad", "blagoevgrad blagojewgrad"),
    ("BG-02", "bg", "Burgas", "Бургас", "Burgas", "burgas byrgas"),
    ("BG-03", "bg", "Warna", "Варна", "Varna", "varna vyrna warna"),
    ("BG-04", "bg", "Wielkie Tyrnowo", "Велико Търново", "Veliko Tarnovo", "tarnovo tirnovo tyrnovo tyrnowo veliko velke wielkie"),
    ("BG-05", "bg", "Widin", "Видин", "Vidin", "vidin widin"),
    ("BG-06", "bg", "Wraca", "Враца", "Vratsa", "vraca vratsa wraca"),
    ("BG-07", "bg", "Gabrowo", "Габрово", "Gabrovo", "gabrovo gabrowo"),
    ("BG-08", "bg", "Dobricz", "Добрич", "Dobrich", "dobrich dobricz dobriq"),
    ("BG-09", "bg", "Kyrdżali", "Кърджали", "Kardzhali", "kardzhali kirdjali kyrdjali kyrdzali"),
    ("BG-10", "bg", "Kiustendił", "Кюстендил", "Kyustendil", "kiustendil kyustendil"),
    ("BG-11", "bg", "Łowecz", "Ловеч", "Lovech", "lovech loveq lowecz"),
    ("BG-12", "bg", "Montana", "Монтана", "Montana", "montana"),
    ("BG-13", "bg", "Pazardżik", "Пазарджик", "Pazardzhik", "pazardzhik pazardzik pazyrdjik"),
    ("BG-14", "bg", "Pernik", "Перник", "Pernik", "pernik"),
    ("BG-15", "bg", "Plewen", "Плевен", "Pleven", "pleven plewen"),
    ("BG-16", "bg", "Płowdiw", "Пловдив", "Plovdiv", "plovdiv plowdiw"),
    ("BG-17", "bg", "Razgrad", "Разград", "Razgrad", "razgrad"),
    ("BG-18", "bg", "Ruse", "Русе", "Ruse", "ruse"),
    ("BG-19", "bg", "Silistra", "Силистра", "Silistra", "silistra"),
    ("BG-20", "bg", "Sliwen", "Сливен", "Sliven", "sliven sliwen"),
    ("BG-21", "bg", "Smolan", "Смолян", "Smolyan", "smolan smolian smolyan"),
    ("BG-22", "bg", "Sofia (stolica)", "София (столица)", "Sofia (capital)", "capital capityl sofia stolica stolitsa"),
    ("BG-23", "bg", "Sofia", "София", "Sofia", "sofia"),
    ("BG-24", "bg", "Stara Zagora", "Стара Загора", "Stara Zagora", "stara zagora"),
    ("BG-25", "bg", "Tyrgowiszte", "Търговище", "Targovishte", "targovishte tirgovixte tyrgovixte tyrgowiszte"),
    ("BG-26", "bg", "Chaskowo", "Хасково", "Haskovo", "chaskowo haskovo qaskovo"),
    ("BG-27", "bg", "Szumen", "Шумен", "Shumen", "shumen szumen xumen"),
    ("BG-28", "bg", "Jamboł", "Ямбол", "Yambol", "iambol jambol yambol"),
)  # fmt: skip


def upgrade() -> None:
    area = op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("scheme IN ('ISO-3166-1', 'ISO-3166-2', 'TERC', 'EKATTE')", name=op.f("ck_area_scheme")),
        sa.CheckConstraint(
            "kind IN ('country', 'voivodeship', 'county', 'city-county', 'urban', 'rural', 'mixed', 'oblast', 'obshtina')",
            name=op.f("ck_area_kind"),
        ),
        sa.CheckConstraint("(kind = 'country') = (parent_id IS NULL)", name=op.f("ck_area_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("scheme", "code", name="uq_area_scheme_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_area_parent_id", "area", ["parent_id"])
    within = op.create_table(
        "area_within",
        sa.Column("ancestor_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ancestor_id"], ["area.id"], name=op.f("fk_area_within_ancestor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_within_area_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ancestor_id", "area_id", name=op.f("pk_area_within")),
    )
    op.create_index("ix_area_within_area_id", "area_within", ["area_id"])
    op.create_table(
        "organisation_area",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('seat', 'works-in')", name=op.f("ck_organisation_area_kind")),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_organisation_area_area_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_area_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "kind", "area_id", name=op.f("pk_organisation_area")),
    )  # fmt: skip
    op.create_index("ix_organisation_area_area_id", "organisation_area", ["area_id"])
    op.create_index(
        "uq_organisation_area_seat", "organisation_area", ["organisation_id"], unique=True,
        sqlite_where=SEAT, postgresql_where=SEAT,
    )  # fmt: skip
    _fill(area, within)


def _fill(area: sa.Table, within: sa.Table) -> None:
    numbers: dict[str, int] = {}
    kinds = {"PL": "voivodeship", "BG": "oblast"}
    for code, own, pl, bg, en, found in KNOWN:
        country, _, region = code.partition("-")
        values = {
            "scheme": "ISO-3166-2" if region else "ISO-3166-1", "code": code,
            "kind": kinds[country] if region else "country", "parent_id": numbers[country] if region else None,
            "name": _text(own, {"pl": pl, "bg": bg, "en": en}), "aliases": "", "found": f" {found} ",
        }  # fmt: skip
        made = op.get_bind().execute(sa.insert(area).values(**values).returning(area.c.id)).scalar_one()
        numbers[code] = made
        above = {made, numbers[country]}
        op.bulk_insert(within, [{"ancestor_id": number, "area_id": made} for number in sorted(above)])


def _text(own: str, texts: dict[str, str]) -> str:
    """A text in three languages as they are stored, with the hash of the original that the others were made from."""
    made_from = hashlib.sha256(texts[own].encode()).hexdigest()[:16]
    sources = {language: made_from for language in texts if language != own}
    return json.dumps({"original": own, "texts": texts, "sources": sources}, ensure_ascii=False, sort_keys=True)


def downgrade() -> None:
    op.drop_table("organisation_area")
    op.drop_table("area_within")
    op.drop_table("area")
