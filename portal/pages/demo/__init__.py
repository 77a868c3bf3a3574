"""Who runs the demo."""

from typing import Any

from portal.accounts.demo import Cast
from portal.declaration import Demo
from portal.ground.authz import PORTAL
from portal.pages.services import describe_operator
from portal.words.content import content


def load(cast: Cast) -> None:
    given: dict[str, Any] = content(__name__, "operator")["operator"]
    describe_operator(**given, version=0, by=PORTAL)


DEMO = Demo(load=load)
