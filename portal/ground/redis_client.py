"""Redis, where the settings name one: counts and copies that may be lost at any time."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redis import Redis


def answers(url: str) -> bool:
    """Does it answer within its second?"""
    from redis import RedisError

    try:
        return bool(connected(url).ping())
    except RedisError:
        return False


@lru_cache(maxsize=4)
def connected(url: str) -> "Redis":
    """A client with a pool; it waits one second at most. Whoever asks goes on without it when it raises RedisError."""
    import redis

    return redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
