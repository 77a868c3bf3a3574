"""The templates are written as `make fmt` writes them, and it never changes what a browser shows."""

import re

import jinja2
import pytest

from tests.architecture.templates import TEMPLATES
from tools.templates.layout import WIDTH, formatted
from tools.templates.library import Library, format_all, meaning

LONG = "{{ word(" + ", ".join(f"argument_number_{n}" for n in range(12)) + ") }}"


def test_templates_are_as_the_formatter_writes_them() -> None:
    assert format_all(write=False) == [], "run `make fmt`"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("<ul><li>a</li><li>b</li></ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("<p>a  b</p>", "<p>a b</p>\n"),
        ('{{ f(\n  "a " "b",\n) }}', '{{ f("a b") }}\n'),
        ("{% if a %}<p>b</p><p>c</p>{% endif %}", "{% if a %}\n<p>b</p>\n<p>c</p>\n{% endif %}\n"),
        ("<p\n  class='a'   >b</p>", "<p class='a'>b</p>\n"),
        ("<p>a</p>\n\n\n<p>b</p>", "<p>a</p>\n<p>b</p>\n"),
        ("{%- set a = 1 -%}<p>b</p>", "{% set a = 1 %}\n<p>b</p>\n"),
    ],
)
def test_formatter_writes(written: str, wanted: str) -> None:
    assert formatted(written) == wanted
    assert formatted(wanted) == wanted, "formatting twice changes nothing"


def blocks_only(_name: str) -> bool:
    return False


def test_formatter_breaks_what_is_too_long() -> None:
    assert max(map(len, formatted(f'<p><a class="b" href="{LONG}">{LONG}</a></p>').splitlines())) <= WIDTH


SAMPLES = [
    f"<p>{LONG}<b>x</b>{LONG} <i>y</i>{{% if flag %}} z{{% endif %}}<b>{LONG}</b></p>",
    f"<p>x{{% if flag %}}<b>{LONG}</b>{{% else %}} {LONG}{{% endif %}}y{LONG}</p>",
    f"<span>x</span>{{% for n in (1, 2) %}}<i>{{{{ n }}}}</i>{LONG}{{% endfor %}}<span>y</span>",
    f'<div class="lines">{{% if flag %}}{LONG}{{% else %}}{LONG}{{% endif %}}</div>',
    f"{{% set found %}}{{% if flag %}}{LONG}{{% endif %}}{{% endset %}}{{% if found %}}<p>is</p>{{% endif %}}{LONG}",
    f"{{% macro m(x) -%}}<b>{{{{ x }}}}</b>{LONG}{{%- endmacro %}}<p>a{{{{ m(1) }}}}b{LONG}</p>",
    f"<textarea>{LONG}{{% if flag %}} a {LONG}{{% endif %}}</textarea><pre>a b {LONG}</pre>",
    f'<ol class="trail"><li>a{LONG}</li><li>b{LONG}</li></ol><p>{{# a remark #}}x{LONG}</p>',
    f'<p><a title="a  {{{{ word(1) }}}}"{{% if flag %}} lang="pl"{{% endif %}} href="{LONG}">x</a>y</p>',
]


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("sample", SAMPLES)
def test_formatter_changes_nothing_that_a_browser_shows(sample: str, flag: bool) -> None:
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)
    before, after = (
        _collapsed(environment.from_string(text).render(word=lambda *given: len(given), flag=flag))
        for text in (sample, formatted(sample))
    )
    assert after == before


def _collapsed(page: str) -> str:
    """White space as a browser sees it, without what stands at the edge of a block; kept where it is kept."""
    parts = re.split(r'(<div class="lines">.*?</div>|<textarea>.*?</textarea>|<pre>.*?</pre>)', page, flags=re.S)
    inline = r"(?:b|i|a|span|li)\b"
    for number in range(0, len(parts), 2):
        text = re.sub(r"\s+", " ", parts[number])
        parts[number] = re.sub(rf" ?(</?(?!/?{inline})[a-z][^>]*>) ?", r"\1", text)
    return "".join(parts).strip()


def test_written_lines_that_are_shown_are_refused() -> None:
    with pytest.raises(ValueError, match="lines in an element"):
        formatted("<pre>a\n  b</pre>")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a<b>c</b></p>", "<p>a <b>c</b></p>"),
        ("<p>{{ a }}{{ b }}</p>", "<p>{{ a }}\n{{ b }}</p>"),
        ("<p>a{% if b %} c{% endif %}</p>", "<p>a{% if b %}c{% endif %}</p>"),
        ('<p class="lines">{{ a }}</p>', '<p class="lines">\n{{ a }}</p>'),
    ],
)
def test_difference_is_seen(one: str, other: str) -> None:
    """`make fmt` refuses to write a template of another meaning."""
    assert meaning(one, blocks_only) != meaning(other, blocks_only)


def test_macros_that_print_blocks_are_known() -> None:
    library = Library({path.name: path.read_text("utf-8") for path in (TEMPLATES / "components").glob("lists.html")})
    known = {name for _template, name in library.blocks}
    assert {"event_row", "result", "pairs"} <= known
    assert not {"state"} & known
