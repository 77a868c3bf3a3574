"""Where finished pages lie: those of one edition, within their bytes."""

from redis import Redis

from portal.face.web.page_store import OVERHEAD, Kept, PageStore, SharedStore
from tests.support.servers import RedisServer


def page(size: int = 1000) -> Kept:
    return Kept((("ETag", '"x"'),), b"x" * size, '"x"')


def test_never_holds_more_than_it_may() -> None:
    store = PageStore(10 * (OVERHEAD + 1000))
    store.get("one", ("",))
    for number in range(100):
        store.put("one", (str(number),), page())
        assert store.size <= 10 * (OVERHEAD + 1000)
    assert store.get("one", ("99",)) is not None
    assert store.get("one", ("89",)) is None


def test_what_was_not_asked_for_longest_goes_first() -> None:
    store = PageStore(3 * (OVERHEAD + 1000))
    store.get("one", ("",))
    for key in "abc":
        store.put("one", (key,), page())
    store.get("one", ("a",))
    store.put("one", ("d",), page())
    assert [key for key in "abcd" if store.get("one", (key,))] == ["a", "c", "d"]


def test_another_edition_ends_all() -> None:
    store = PageStore(1_000_000)
    store.get("one", ("a",))
    store.put("one", ("a",), page())
    assert store.get("two", ("a",)) is None
    assert store.get("one", ("a",)) is None
    assert store.size == 0


def test_page_begun_under_an_older_edition_is_not_kept() -> None:
    store = PageStore(1_000_000)
    store.get("one", ("a",))
    store.get("two", ("a",))
    store.put("one", ("a",), page())
    assert store.get("two", ("a",)) is None


def test_page_that_is_put_again_counts_once() -> None:
    store = PageStore(1_000_000)
    store.get("one", ("a",))
    for _ in range(5):
        store.put("one", ("a",), page())
    assert store.size == OVERHEAD + 1000


def test_ever_new_addresses_fill_no_redis(redis_server: RedisServer) -> None:
    """The process keeps what is asked for most; what it hands to the others has an end in each minute."""
    store = SharedStore(10 * (OVERHEAD + 1000), redis_server.url, "release")
    store.get("one", ("",))
    for number in range(100):
        store.put("one", (str(number),), page())
    there = list(Redis.from_url(redis_server.url).scan_iter("page:*"))
    assert 10 <= len(there) <= 20  # twice ten where a minute ends in between
    assert store.get("one", ("99",)) is not None


def test_page_of_one_process_is_found_by_another(redis_server: RedisServer) -> None:
    here, there = (SharedStore(1_000_000, redis_server.url, "release") for _ in range(2))
    newer = SharedStore(1_000_000, redis_server.url, "another release")
    for store in (here, there, newer):
        store.get("one", ("shared",))
    here.put("one", ("shared",), page())
    assert there.get("one", ("shared",)) == page()
    assert newer.get("one", ("shared",)) is None
    assert there.get("two", ("shared",)) is None
