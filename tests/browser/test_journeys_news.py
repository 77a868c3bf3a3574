"""A post from the editor to the feed: drafted, previewed, published or scheduled, translated, read."""

import datetime as dt
import secrets

import feedparser
import pytest

from tests.browser.stage import ORGANISATION
from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal

OTHER = {"pl": "bg", "bg": "en", "en": "pl"}


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_post_from_the_editor_to_the_feed(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    how = {"language": language, "javascript": javascript}
    owner, reader = Walk(open_as("owner", **how), site, language), Walk(open_page(site, **how), site, language)
    title = f"Ławka Пейка {secrets.token_hex(3)}"
    owner.go(f"organisations/{ORGANISATION}/news/new")
    _write(owner, javascript)
    owner.send(title=title, lead="Krótko, накратко.", language=language)
    slug = owner.part("news")
    preview = owner.go(f"news/{slug}/preview").page
    assert preview.locator("main .prose p").all_inner_texts()[:2] == ["Pierwszy akapit.", "Втори абзац."]
    assert reader.page.request.get(f"/{language}/news/{slug}").status == 404

    later = (dt.datetime.now(dt.UTC) + dt.timedelta(days=9)).strftime("%Y-%m-%dT12:00")
    owner.go(f"news/{slug}/publish").offer(when="later", publish_at="")
    assert owner.page.locator("#problems li").count() == 1
    owner.send(when="later", publish_at=later)
    assert reader.page.request.get(f"/{language}/news/{slug}").status == 404
    owner.go(f"news/{slug}/call-back").send()
    owner.go(f"news/{slug}/publish").send(when="now")

    reader.go("news").follow(f"/news/{slug}")
    assert reader.page.inner_text("h1") == title
    assert title in _titles(reader, f"/{language}/news/feed.atom")
    assert title in _titles(reader, f"/{language}/organisations/{ORGANISATION}/feed.atom")

    other = OTHER[language]
    reader.switch(other)
    assert reader.page.locator(f'main [lang="{language}"]').count() > 0  # shown in its own language, and said so
    owner.go(f"news/{slug}/translate?to={other}")
    if javascript:
        owner.page.locator("main trix-editor").first.press_sequentially("Translated.")
        owner.send(title=f"Other {title}")
    else:
        owner.send(title=f"Other {title}", body="Translated.")
    reader.page.reload()
    assert reader.page.inner_text("h1") == f"Other {title}"
    assert f"Other {title}" in _titles(reader, f"/{other}/news/feed.atom")


def _write(owner: Walk, javascript: bool) -> None:
    """Two paragraphs: return ends one in the visual editor, a blank line in the plain field."""
    if not javascript:
        owner.page.fill("main [name=body]", "Pierwszy akapit.\n\nВтори абзац.")
        return
    editor = owner.page.locator("main trix-editor")
    editor.press_sequentially("Pierwszy akapit.")
    editor.press("Enter")
    editor.press_sequentially("Втори абзац.")
    assert owner.page.locator("main [name=body]").is_hidden()


def _titles(reader: Walk, path: str) -> list[str]:
    feed = feedparser.parse(reader.page.request.get(path).text())
    assert not feed.bozo
    assert feed.feed.language == path.split("/")[1]
    return [entry.title for entry in feed.entries]
