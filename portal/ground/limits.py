"""How often: limits that hold across all processes, in one table of the database, or in Redis when there is one.

A limit is a sliding window over slices of a fifteenth of it. Keys are stored hashed: a mail address is personal data.
There is no switch that turns limits off, and no way around them: while Redis is away the table counts, from nothing, so
that in the worst case a limit is used twice; nobody is turned away and nothing is let through because Redis died.
"""

import hashlib
import ipaddress
import logging
import math
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.config import CONFIG
from portal.ground.db import UNSEEN, Model, db, transaction
from portal.ground.errors import TooMany
from portal.ground.mailboxes import mailbox_key
from portal.ground.redis_client import connected
from portal.ground.statements import Upsert, changed_rows, engine_name, insert_into

log = logging.getLogger(__name__)

SLICES = 15
STANDS_STILL = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `per_address` hits a window of `minutes` for one e-mail address, and `per_ip` for one client."""

    minutes: int
    per_address: int
    per_ip: int


LIMITS = {
    "sign-in": Limit(minutes=15, per_address=10, per_ip=100),
    "mail": Limit(minutes=60, per_address=5, per_ip=600),
    "contact": Limit(minutes=60, per_address=20, per_ip=20),  # messages to one organisation, and from one client
    "test": Limit(minutes=60, per_address=20, per_ip=600),  # mails that somebody sends to themselves to look at them
    "team": Limit(minutes=60, per_address=30, per_ip=600),  # addresses that somebody tries to give a role to
    "receipt": Limit(minutes=15, per_address=20, per_ip=60),  # codes of deleted data that somebody tries
    "paste": Limit(minutes=15, per_address=100, per_ip=1000),  # each up to a second of a process
}


# No row outlives the longest window with its slice, and the hour until the next tidying.
LONGEST_HOURS = 1 + math.ceil(max(limit.minutes for limit in LIMITS.values()) * (SLICES + 1) / SLICES / 60)


class LimitHit(Model):
    """Hits of one hashed key in one slice of time."""

    __tablename__ = "limit_hit"
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    slice: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    hits: Mapped[int] = mapped_column(default=0)
    until: Mapped[int] = mapped_column(sa.BigInteger, index=True)  # seconds since 1970: no window reaches it later

    __table_args__ = UNSEEN


def check(name: str, *, address: str | None = None, ip: str | None = None) -> None:
    """Count one try under a limit of LIMITS, in a short transaction of its own. Raises TooMany when it is one too many."""
    limit = LIMITS[name]
    width = limit.minutes * 60 // SLICES
    now = int(clock.now().timestamp())
    keys = []
    if address:
        keys.append((_key(name, "address", mailbox_key(address)), limit.per_address))
    if ip:
        keys.append((_key(name, "ip", client_network(ip)), limit.per_ip))
    used = _count([key for key, _most in keys], now // width, width)
    if any(hits > most for hits, (_key_, most) in zip(used, keys, strict=True)):
        raise TooMany(minutes=max(1, math.ceil(limit.minutes / 3)))


def keys_of(address: str) -> list[str]:
    """The hashed keys under which tries for an e-mail address are counted."""
    return [_key(name, "address", mailbox_key(address)) for name in LIMITS]


def client_network(ip: str) -> str:
    """The client behind an address: IPv4 as it is, IPv6 by its /64, which one household has."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _count(keys: list[str], slice_: int, width: int) -> list[int]:
    url: str = CONFIG.get().redis_url
    if url:
        from redis import RedisError

        try:
            return _count_in_redis(url, keys, slice_, width)
        except RedisError as error:
            log.error("Redis is away: the database counts", extra={"error": type(error).__name__})
    return _count_in_table(keys, slice_, width)


@cache
def _one_more(engine: str) -> Upsert:
    new = insert_into(LimitHit, engine)
    return new.on_conflict_do_update(index_elements=["key", "slice"], set_={"hits": LimitHit.hits + 1})


_TOTALS = (
    sa.select(LimitHit.key, sa.func.sum(LimitHit.hits))
    .where(
        LimitHit.key.in_(sa.bindparam("keys", expanding=True)),
        LimitHit.slice > sa.bindparam("gone"),
        LimitHit.slice <= sa.bindparam("present"),  # a clock that went back keeps nobody out for what is yet to come
    )
    .group_by(LimitHit.key)
)


def _count_in_table(keys: list[str], slice_: int, width: int) -> list[int]:
    until = (slice_ + SLICES + 1) * width
    hits = [{"key": key, "slice": slice_, "hits": 1, "until": until} for key in sorted(keys)]
    with transaction() as session:
        session.execute(_one_more(engine_name()), hits)
        rows = session.execute(_TOTALS, {"keys": keys, "gone": slice_ - SLICES, "present": slice_})
        totals: dict[str, int] = {row[0]: row[1] for row in rows}
    return [int(totals.get(key, 0)) for key in keys]


def _count_in_redis(url: str, keys: list[str], slice_: int, width: int) -> list[int]:
    pipe = connected(url).pipeline()
    # Redis has the clock of its machine: where that of a demo is set, it may stand still for a day.
    kept = width * (SLICES + 1) + (STANDS_STILL if clock.setting() else 0)
    for key in keys:
        pipe.incr(f"limit:{key}:{slice_}")
        pipe.expire(f"limit:{key}:{slice_}", kept)
        pipe.mget([f"limit:{key}:{slice_ - back}" for back in range(SLICES)])
    answers = pipe.execute()
    return [sum(int(hits or 0) for hits in answers[index * 3 + 2]) for index in range(len(keys))]


def remove_old() -> int:
    """Delete slices that no window reaches any more; returns how many rows (inside a transaction)."""
    return changed_rows(db.session, sa.delete(LimitHit).where(LimitHit.until < int(clock.now().timestamp())))
