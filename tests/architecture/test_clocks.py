"""There is one clock: whoever asks another one says here why."""

import re

from tests.architecture.sources import python

OTHER = re.compile(
    r"\btime\.time\(|\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\bfunc\.(?:now|current_\w+)\b|CURRENT_TIMESTAMP"
    r"|\.expire\(|\bex=|\bpx="
)
REASONS = {
    "portal/ground/clock.py": "it is the clock",
    "portal/ground/limits.py": "Redis forgets by its own clock: longer while that of a demo is set",
    "portal/face/web/page_store.py": "what Redis keeps of a page for a minute has its minute in its name",
    "portal/face/web/static.py": "how old a folder of the machine is",
}


def asked(text: str) -> list[str]:
    return OTHER.findall(text)


def test_nobody_asks_another_clock_without_a_reason() -> None:
    found = {source.name for source in python("portal") if asked(source.text)}
    assert found == set(REASONS)


def test_other_clocks_are_seen() -> None:
    for text in (
        "time.time()",
        "dt.datetime.now(UTC)",
        "sa.func.now()",
        "pipe.expire(key, 5)",
        "set(name, value, ex=60)",
    ):
        assert asked(text), text
    assert not asked("clock.now() time.monotonic() expires_at dt.date.fromisoformat")
