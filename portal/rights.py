"""Who may: every address with its mark of access, and why somebody may do something or may not.

The answer is that of the rule itself (`authz.can`), on the object as it is. Which role lets somebody is found out by asking
the rule again with that role alone, and which one is in the way by asking without it, in a transaction that is undone: so
nothing here knows what a role is good for.
"""

import datetime as dt
import difflib
import inspect
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import joinedload

from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.accounts.roles import RoleRow
from portal.ground.authz import RULES, can
from portal.ground.db import Model, db, transaction
from portal.ground.memo import forget
from portal.ground.sights import SIGHTS, AfterSignIn, Everybody
from portal.ground.statements import table

EARLIEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Unknown(LookupError):
    """There is no such person, permission or object; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Route:
    """An address with its mark. `object` is what its view loads, `purpose` that of the links which open it."""

    route: str
    endpoint: str
    methods: Sequence[str]
    mark: str
    permission: str | None
    object: str | None
    purpose: str | None


@dataclass(frozen=True, slots=True)
class HeldRole:
    """An open row of a role: `of` is what it is in, by table."""

    table: str
    id: int
    role: str
    of: dict[str, int]
    granted_at: dt.datetime
    granted_by: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether, and why.

    `by` is "everybody", "account" (whoever is signed in, or this person as themself), "role" or "nothing". `roles` are
    those of which each suffices, or all that it takes together; `in_the_way` those without which the answer was yes.
    `knows` says whether the person may know of the object at all.
    """

    allowed: bool
    by: str
    permission: str
    rule: str
    says: str
    person: dict[str, object]
    object: dict[str, object] | None
    knows: bool
    roles: Sequence[HeldRole]
    in_the_way: Sequence[HeldRole]


def routes(app: Flask) -> Iterator[Route]:
    """Every address, in the order of the alphabet."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        mark = getattr(app.view_functions[rule.endpoint], "access", None)
        if mark is None:
            continue
        loads = mark.model.__name__ if mark.model is not None else None
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        yield Route(rule.rule, rule.endpoint, methods, mark.kind, mark.permission, loads, mark.purpose)


def why(address: str, permission: str, named: str | None = None) -> Answer:
    """May the person with this address do this, to the object that `named` names? Raises Unknown.

    An object is named by its slug, its number, or both its table and its number: `session:12`.
    """
    rule = RULES.get().get(permission)
    if rule is None:
        near = difflib.get_close_matches(permission, RULES.get(), cutoff=0.4)
        raise Unknown(f"There is no permission {permission!r}. Near it: {', '.join(near) or 'nothing'}.")
    answers: list[Answer] = []
    try:
        with transaction():
            person = accounts.person_by_email(address)
            if person is None:
                raise Unknown(f"The portal knows nobody with the address {address!r}.")
            answers.append(_answer(person, permission, _found(permission, named)))
            raise _Undone
    except _Undone:
        return answers[0]


class _Undone(Exception):
    """Nothing of what was tried stays."""


def _answer(person: Person, permission: str, thing: Model | None) -> Answer:
    rule = RULES.get()[permission]
    held = list(_held(person))
    allowed = can(permission, thing, person=person)
    knows = _knows(person, thing)
    by, roles, in_the_way = "nothing", list[HeldRole](), list[HeldRole]()

    def with_only(kept: Collection[HeldRole]) -> bool:
        return _asked_with(person, permission, thing, held, kept)

    if allowed and can(permission, thing, person=None):
        by = "everybody"
    elif allowed and with_only(()):
        by = "account"
    elif allowed:
        alone = [one for one in held if with_only([one])]
        by, roles = "role", alone or [one for one in held if not with_only([other for other in held if other != one])]
    else:
        in_the_way = [one for one in held if with_only([other for other in held if other != one])]
        by = "role" if in_the_way else "nothing"
    return Answer(
        allowed=allowed, by=by, permission=permission,
        rule=f"{rule.__module__}.{rule.__name__}", says=" ".join((inspect.getdoc(rule) or "").split()),
        person={"id": person.id, "address": person.email, "has_account": accounts.account_of(person) is not None},
        object=_described(thing), knows=knows, roles=roles, in_the_way=in_the_way,
    )  # fmt: skip


def _held(person: Person) -> Iterator[HeldRole]:
    for model in _role_models():
        columns = table(model).c
        of = [column for column in columns if column.foreign_keys and not _is_of_person(column)]
        query = sa.select(columns.id, columns.role, columns.granted_at, columns.granted_by, *of)
        for row in db.session.execute(
            query.where(columns.person_id == person.id, columns.ended_at.is_(None)).order_by(columns.id)
        ):
            scope = {next(iter(column.foreign_keys)).column.table.name: row[4 + n] for n, column in enumerate(of)}
            yield HeldRole(columns.id.table.name, row.id, row.role, scope, row.granted_at, row.granted_by)


def _is_of_person(column: sa.Column[Any]) -> bool:
    return any(key.target_fullname == "person.id" for key in column.foreign_keys)


def _role_models() -> Sequence[type[Model]]:
    mappers = [mapper for mapper in Model.registry.mappers if issubclass(mapper.class_, RoleRow)]
    return sorted((mapper.class_ for mapper in mappers), key=lambda model: table(model).name)


def _asked_with(
    person: Person, permission: str, thing: Model | None, held: Collection[HeldRole], kept: Collection[HeldRole]
) -> bool:
    """What the rule says when the person had only these roles; they have the others back afterwards."""
    ended = [one for one in held if one not in kept]
    attempt = db.session.begin_nested()
    try:
        for one in ended:
            roles = Model.metadata.tables[one.table]
            db.session.execute(sa.update(roles).where(roles.c.id == one.id).values(ended_at=EARLIEST))
        forget()
        return can(permission, thing, person=person)
    finally:
        attempt.rollback()
        forget()


def _knows(person: Person, thing: Model | None) -> bool:
    sight = SIGHTS.get().get(type(thing)) if thing is not None else None
    if sight is None or isinstance(sight, Everybody):
        return True
    return can(sight.permission if isinstance(sight, AfterSignIn) else sight, thing, person=person)


def _found(permission: str, named: str | None) -> Model | None:
    """The object that the rule is asked about, with what belongs to it."""
    models = _models_of(permission)
    if not models:
        if named:
            raise Unknown(f"{permission} is about no object: leave --object out.")
        return None
    names = ", ".join(sorted(table(model).name for model in models))
    if not named:
        raise Unknown(f"{permission} is about an object ({names}): name it with --object.")
    kind, _colon, number = named.rpartition(":")
    asked = [model for model in models if not kind or table(model).name == kind]
    for model in asked:
        if not kind and "slug" in table(model).c:
            found = _loaded(model, table(model).c.slug == named)
            if found is not None:
                return found
    numbered = [model for model in asked if kind or "slug" not in table(model).c]
    if number.isdigit() and len(number) < 10 and len(numbered) == 1:
        found = _loaded(numbered[0], table(numbered[0]).c.id == int(number))
        if found is not None:
            return found
    raise Unknown(
        f"There is no {named!r} among {names}. Give a slug, or table and number such as {names.split(',')[0]}:1."
    )


def _models_of(permission: str) -> Sequence[type[Model]]:
    """What a rule is about: the type of its second argument says it."""
    rule = RULES.get()[permission]
    said = list(get_type_hints(rule).items())[1][1]
    kinds = get_args(said) if get_origin(said) in (Union, UnionType) else (said,)
    return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Model)]


def _loaded(model: type[Model], condition: sa.ColumnElement[bool]) -> Model | None:
    with_all = [joinedload(getattr(model, one.key)) for one in sa.inspect(model).relationships if not one.uselist]
    return db.session.scalar(sa.select(model).where(condition).options(*with_all).limit(1))


def _described(thing: Model | None) -> dict[str, object] | None:
    if thing is None:
        return None
    columns = table(type(thing)).c
    return {"table": columns.id.table.name, "id": thing.id, "slug": getattr(thing, "slug", None)}  # type: ignore[attr-defined]
