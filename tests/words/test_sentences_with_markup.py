"""A sentence that holds words in another language: their markup stays, and nothing else becomes markup."""

from markupsafe import Markup

from portal.words.i18n import _, _n, _p

GREETING = Markup('<span lang="bg">Добре</span>')


def test_words_with_their_language_stay_markup() -> None:
    assert _("Wants: %(title)s", title=GREETING) == 'Wants: <span lang="bg">Добре</span>'
    assert isinstance(_("Wants: %(title)s", title=GREETING), Markup)


def test_everything_else_in_the_sentence_is_escaped() -> None:
    sentence = _("%(one)s & %(two)s", one=GREETING, two="<script>")
    assert sentence == '<span lang="bg">Добре</span> &amp; &lt;script&gt;'
    assert "&lt;script&gt;" in _n("%(n)s <script> %(word)s", "%(n)s %(word)s", 1, word=GREETING)


def test_sentence_without_markup_is_a_plain_text() -> None:
    for sentence in (_("Wants: %(title)s", title="<b>"), _p("button", "Save"), _n("%(n)s & more", "%(n)s & more", 2)):
        assert not isinstance(sentence, Markup)
    assert _("Wants: %(title)s", title="<b>") == "Wants: <b>"
