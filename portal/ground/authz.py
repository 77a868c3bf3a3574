"""Who may: denied unless declared.

Every view carries exactly one mark: `@public`, `@signed_in`, `@by_link(purpose, on=loader)` or
`@requires(permission, on=loader)`. A view without one does not let the application start (`check_marks`), nor does one
that loads an object of which nobody has said who may know of it (`sights`).
Each feature's `policies.py` has its permissions, one predicate for each, and the sight of its models; `create_app` joins
them. A service asks the permission once more, on the row that it has locked: `demand`.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import EllipsisType
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from flask import Flask, Response, abort, current_app, g, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Mapped

from portal.ground import links
from portal.ground.appvar import AppVar
from portal.ground.errors import Refusal
from portal.ground.sentences import _l
from portal.ground.sights import SIGHTS, AfterSignIn, Everybody, Sight, loaded_type

Predicate = Callable[[Any, Any], bool]
Rules = Mapping[StrEnum, Predicate]
View = Callable[..., ResponseReturnValue]


class Actor:
    """A person as the rooms below the features know one. `portal.accounts` has the real thing, with these columns.

    A base class, not a Protocol: mypy may compare a model with a Protocol before it knows the columns of the model.
    """

    if TYPE_CHECKING:  # at run time they would become columns of every table beneath
        id: Mapped[int]
        name: Mapped[str]
        email: Mapped[str | None]
        locale: Mapped[str]


class Portal:
    """The portal itself acts: the console, a job, an answer to a fact, the demo. It may everything and signs in nowhere.

    Whoever acts as `PORTAL` says so; the places that do are a list in `tests/architecture/`. None is nobody: a visitor.
    """

    id: None = None


PORTAL: Final = Portal()


NOT_YOURS = _l("This step needs other rights than yours. Ask the portal team for them.")


class NotAllowed(Refusal):
    """Whoever asks does not have the permission (any more)."""

    status = 403

    def __init__(self) -> None:
        super().__init__(NOT_YOURS)


@dataclass(frozen=True, slots=True)
class Identity:
    """How people are known. One feature gives it; the rooms below it name a person by `person.id` and this alone.

    `load_person` finds the person of the session, `locale_of` the language that somebody reads, `sign_in` is the endpoint
    where one says who one is, `nameless` selects the numbers of people without an address.
    """

    load_person: Callable[[], Actor | None]
    locale_of: Callable[[int | None], str | None]
    sign_in: str
    nameless: sa.Select[int]


@dataclass(frozen=True, slots=True)
class Access:
    """The mark of a view. `model` is what its loader returns (`object` where the loader does not say).

    `from_anywhere` lets a POST come from other origins: whoever holds the link may, whichever program it is.
    """

    kind: str
    permission: str | None = None
    purpose: str | None = None
    model: type | None = None
    see: Sight | None = None
    from_anywhere: bool = False


_IDENTITY: AppVar[Identity] = AppVar("identity")
RULES: AppVar[Mapping[str, Predicate]] = AppVar("rules")
# What answers for a link that leads nowhere any more, and for a form of somebody signed out, with what was typed.
DEAD_LINK: AppVar[Callable[[], Response]] = AppVar("dead_link")
SIGNED_OUT: AppVar[Callable[[list[tuple[str, str]]], Response]] = AppVar("signed_out")


class MissingMark(RuntimeError):
    """A view has no declared access."""


def current_actor() -> Actor | None:
    """The signed-in person, or None. Costs nothing when the request carries no session cookie.

    Features ask `portal.accounts.session`, which knows the whole person.
    """
    if not has_request_context():
        return None
    if "person" not in g:
        g.person = identity().load_person() if has_session() else None
    found: Actor | None = g.person
    return found


def identify(app: Flask, known: Identity) -> None:
    _IDENTITY.set(app, known)


def identity() -> Identity:
    """How people are known here."""
    return _IDENTITY.get()


def has_session() -> bool:
    """Does this request have a session, without opening one: public pages must not touch it."""
    if g.get("session_begun"):
        return True
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def forget_person() -> None:
    """The person of this request changed (sign-in, sign-out): look again at the next question."""
    g.pop("person", None)
    g.pop("roles", None)
    g.session_begun = True


def join_rules(app: Flask, *tables: Rules) -> None:
    """Join the permissions of all features; one that is declared twice does not start."""
    joined: dict[str, Predicate] = {}
    for table in tables:
        for permission, predicate in table.items():
            if str(permission) in joined:
                raise RuntimeError(f"Permission declared twice: {permission}")
            joined[str(permission)] = predicate
    RULES.set(app, joined)


def can(permission: StrEnum | str, obj: object = None, *, person: Actor | EllipsisType | None = ...) -> bool:
    """May the person (of this request, or the given one, None = a visitor) do this? Unknown permissions raise KeyError."""
    who = current_actor() if isinstance(person, EllipsisType) else person
    return bool(RULES.get()[str(permission)](who, obj))


def demand(permission: StrEnum, obj: object = None, *, by: Actor | Portal | None) -> None:
    """Refuse (NotAllowed, 403) unless `by` has the permission at this moment.

    For services, on the row that they have locked: what the view asked before may have been true of an older one, and
    the console, a job or a second view may not have asked at all. `by` is a person, PORTAL, or None for nobody.
    """
    if not isinstance(by, Portal) and not can(permission, obj, person=by):
        raise NotAllowed


def public(view: View) -> View:
    """Everybody may see this."""
    return _marked(view, Access("public"))


def signed_in(view: View) -> View:
    """Everybody with an account may; others are asked to sign in and come back."""

    @functools.wraps(view)
    def guarded(**url_args: object) -> ResponseReturnValue:
        return view(**url_args) if current_actor() else _ask_to_sign_in()

    return _marked(guarded, Access("signed_in"))


def requires(
    permission: StrEnum, on: Callable[..., object] | None = None, *, see: Sight | None = None
) -> Callable[[View], View]:
    """Load the object with `on(**url_args)`, ask the permission and hand the object to the view.

    404 when there is no object or the person may not even know of it: that follows from the type that `on` returns (the
    `SIGHTS` of its feature), unless the view has a sight of its own to `see`. 403 when the permission is refused; a
    visitor is asked to sign in. Without `on` the view keeps its url arguments and the predicate gets None.
    """
    model = None if on is None else loaded_type(on)

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(**url_args: object) -> ResponseReturnValue:
            if on is None or model is None:
                return view(**url_args) if can(permission) else _refuse()
            sight = see or SIGHTS.get()[model]
            if isinstance(sight, AfterSignIn) and current_actor() is None:
                return _ask_to_sign_in()
            obj = on(**url_args)
            if obj is None or not knows(sight, obj):
                return _nothing_here(keeps_words=permission != sight)
            return view(obj) if can(permission, obj) else _refuse()

        return _marked(guarded, Access("requires", permission=str(permission), model=model, see=see))

    return mark


def knows(sight: Sight, obj: object) -> bool:
    """May the person of this request know that there is this object?"""
    if isinstance(sight, Everybody):
        return True
    return can(sight.permission if isinstance(sight, AfterSignIn) else sight, obj)


def by_link(
    purpose: str, on: Callable[[links.LinkToken], object], *, from_anywhere: bool = False,
    dead: Callable[[str], Response] | None = None,
) -> Callable[[View], View]:  # fmt: skip
    """Whoever holds a valid link of this purpose may. `on(link)` loads what it is for; the view gets (object, link).

    `dead(token)` answers for a link that leads nowhere where a program asks: it reads no page.
    """

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(token: str, **url_args: object) -> ResponseReturnValue:
            g.private_page = True
            link = links.find(purpose, token)
            obj = on(link) if link else None
            if link is None or obj is None:
                return dead(token) if dead else DEAD_LINK.get()()
            return view(obj, link, **url_args)

        return _marked(guarded, Access("by_link", purpose=purpose, from_anywhere=from_anywhere))

    return mark


def is_open_to_others() -> bool:
    """Does the view of this request take a POST from other origins?"""
    access = getattr(current_app.view_functions.get(request.endpoint or ""), "access", None)
    return isinstance(access, Access) and access.from_anywhere


def check_marks(app: Flask, library_views: Mapping[str, str]) -> None:
    """Refuse to start with a view that has no mark. `library_views` lists views of libraries with theirs."""
    missing = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint not in library_views and not isinstance(getattr(view, "access", None), Access)
    ]
    if missing:
        raise MissingMark("No declared access: " + ", ".join(sorted(missing)))


def _refuse() -> ResponseReturnValue:
    return _ask_to_sign_in() if current_actor() is None else abort(403)


def _nothing_here(*, keeps_words: bool) -> ResponseReturnValue:
    """404; but what a visitor has typed is kept for them to sign in first, whether or not there is such an object."""
    if keeps_words and current_actor() is None and typed():
        return _ask_to_sign_in()
    return abort(404)


def _marked(view: View, access: Access) -> View:
    if hasattr(view, "access"):
        raise RuntimeError(f"Two marks on {view.__name__}")
    view.access = access  # type: ignore[attr-defined]
    return view


def _ask_to_sign_in() -> ResponseReturnValue:
    held = typed()
    if held:
        return SIGNED_OUT.get()(held)
    back = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
    return redirect(url_for(identity().sign_in, next=back), 303)


def typed() -> list[tuple[str, str]]:
    """What was typed into the form of this request, to be shown or sent once more."""
    return [(name, value) for name, value in request.form.items(multi=True) if _is_typed(name)]


def _is_typed(name: str) -> bool:
    """Is this part of a form worth keeping until its writer is back? Not its token, and a password is written nowhere."""
    return name != "csrf_token" and "password" not in name
