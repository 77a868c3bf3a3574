"""What a post is made of. Its picture is a file, so only the words for it are a field."""

from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import _l
from portal.words.vocabularies import pairs, vocabulary

COVER_ALT = Field(
    "cover_alt", Kind.LINE, _l("What the picture shows"), most=150, translated=True,
    hint=_l("One sentence for people who do not see the picture."),
)  # fmt: skip
POST = FieldSet(
    Field("title", Kind.LINE, _l("Title"), most=150, translated=True, needed=_l("Enter the title of the post.")),
    Field(
        "lead", Kind.LINES, _l("Lead"), most=400, translated=True, rows=3,
        hint=_l("One or two sentences. They are shown in lists, in the search and above the text."),
    ),
    Field("body", Kind.RICH, _l("Text"), most=100_000, translated=True, needed=_l("Write the text of the post.")),
    Field(
        "category", Kind.LIST, _l("Category"), choices=lambda: pairs(vocabulary("post_category")), width="m",
        needed=_l("Choose a category."),
    ),
)  # fmt: skip
WITH_COVER = FieldSet(*POST, Group.of(_l("Picture"), COVER_ALT))
