"""Who may even know of an object: it follows from its type, or the view says it.

Each feature's `policies.py` has the sight of its models; `create_app` joins them. `authz.requires` reads the model from
what the loader of a view returns: to whoever may not know of the object it does not exist.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import NoneType
from typing import get_args, get_type_hints

from flask import Flask

from portal.ground.appvar import AppVar


@dataclass(frozen=True, slots=True)
class Everybody:
    """No permission is needed to know of such an object; `why` says what makes it public."""

    why: str


@dataclass(frozen=True, slots=True)
class AfterSignIn:
    """Known to whoever has the permission, and to no visitor.

    A visitor is asked to sign in before anything is looked up, whether or not there is such an object: that is where the
    links in our mails lead.
    """

    permission: StrEnum


Sight = StrEnum | AfterSignIn | Everybody
Sights = Mapping[type, Sight]
SIGHTS: AppVar[Sights] = AppVar("sights")


class MissingSight(RuntimeError):
    """A view loads an object, and nothing says who may know of it."""


def join_sights(app: Flask, *tables: Sights) -> None:
    """Join what says who may know of an object, by its type; one that is declared twice does not start."""
    joined: dict[type, Sight] = {}
    for table in tables:
        for model, sight in table.items():
            if model in joined:
                raise RuntimeError(f"Sight declared twice: {model.__name__}")
            joined[model] = sight
    SIGHTS.set(app, joined)


def check_sights(app: Flask, permissions: Collection[str]) -> None:
    """Refuse to start with a view that loads an object without a sight, and with a sight that is no permission."""
    sights = SIGHTS.of(app)
    marks = {endpoint: getattr(view, "access", None) for endpoint, view in app.view_functions.items()}
    missing = [
        f"{endpoint} ({mark.model.__name__})"
        for endpoint, mark in marks.items()
        if mark is not None and mark.model is not None and mark.see is None and mark.model not in sights
    ]
    if missing:
        raise MissingSight("Nothing says who may know of what it loads: " + ", ".join(sorted(missing)))
    said = [*sights.values(), *(mark.see for mark in marks.values() if mark is not None and mark.see is not None)]
    asked = {str(getattr(sight, "permission", sight)) for sight in said if not isinstance(sight, Everybody)}
    unknown = asked - set(permissions)
    if unknown:
        raise MissingSight("No rule for: " + ", ".join(sorted(unknown)))


def loaded_type(loader: Callable[..., object]) -> type:
    """The one model that a loader says it returns, or None of it; `object` when it says anything else."""
    said = get_type_hints(loader).get("return", object)
    kinds = [kind for kind in get_args(said) or (said,) if kind is not NoneType]
    return kinds[0] if len(kinds) == 1 and isinstance(kinds[0], type) else object
