"""Where finished pages lie: those of one edition, within their bytes."""

from portal.face.web.page_store import OVERHEAD, Kept, PageStore


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
