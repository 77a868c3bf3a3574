"""The shape of what people send about posts."""

from typing import Any

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    DateTimeField,
    EditorArea,
    FileField,
    Form,
    SelectField,
    TextArea,
    TextField,
    Versioned,
    choices,
    length,
    required,
)
from portal.face.media.images import MAX_BYTES
from portal.news.services import Cover
from portal.words.i18n import ENDONYMS, _l
from portal.words.vocabularies import vocabulary

LONGEST_BODY = 100_000
LONGEST_ALT = 150


class PostFields(Form):
    """What a post is."""

    largest_picture = MAX_BYTES

    title = TextField(_l("Title"), [required(_l("Enter the title of the post.")), length(150)])
    lead = TextArea(_l("Lead"), [length(400)])
    body = EditorArea(_l("Text"), [required(_l("Write the text of the post.")), length(LONGEST_BODY)])
    category = SelectField(_l("Category"), choices=[], validators=[required(_l("Choose a category."))])
    cover = FileField(_l("Picture file"))
    cover_alt = TextField(_l("What the picture tells"), [length(LONGEST_ALT)])
    decorative = BooleanField(_l("The picture is decorative: it tells nothing that is not in the text"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = choices((term.code, term.label) for term in vocabulary("post_category"))

    def picture(self) -> Cover:
        remove = self._fields.get("remove_cover")
        return Cover(
            data=self.cover.data.read() if self.cover.data else None, alt=self.cover_alt.data or "",
            decorative=bool(self.decorative.data), remove=bool(remove is not None and remove.data),
        )  # fmt: skip

    def texts(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in ("title", "lead", "body", "category")}


class NewPostForm(PostFields):
    """A new post in one language."""

    language = SelectField(_l("Language of the post"), choices=[], validators=[required(_l("Choose the language."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = choices(ENDONYMS.items())


class EditPostForm(PostFields, Versioned):
    """A change of a post."""

    remove_cover = BooleanField(_l("Remove the picture"))


class TranslatePostForm(Versioned):
    """The texts of a post in another language."""

    title = TextField(_l("Title"), [length(150)])
    lead = TextArea(_l("Lead"), [length(400)])
    body = EditorArea(_l("Text"), [length(LONGEST_BODY)])
    alt = TextField(_l("What the picture tells"), [length(LONGEST_ALT)])


class PublishForm(Form):
    """When a post becomes public."""

    when = ChoiceField(
        _l("When"),
        [required(_l("Choose when the post becomes public."))],
        choices=choices([("now", _l("now")), ("later", _l("at the moment that is entered below"))]),
    )
    publish_at = DateTimeField(_l("Day and hour"))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = bool(super().validate(*args, **kwargs))
        if valid and self.when.data == "later" and self.publish_at.data is None:
            self.publish_at.errors = [_l("Enter the day and hour.")]
            return False
        return valid
