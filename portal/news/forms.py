"""The shape of what people send about posts."""

from collections.abc import Mapping, Sequence
from typing import Unpack

from portal.face.forms import (
    BooleanField,
    Check,
    ChoiceField,
    DateTimeField,
    FileField,
    Form,
    Given,
    SelectField,
    TextField,
    Versioned,
    choices,
    required,
)
from portal.face.media.images import MAX_BYTES
from portal.news.fields import POST, WITH_COVER
from portal.news.models import Post
from portal.news.services import Cover
from portal.words.i18n import _, _l, endonyms


class PostFields(Form):
    """What a post is."""

    largest_picture = MAX_BYTES

    fields = WITH_COVER
    cover_alt: TextField
    cover = FileField(_l("Picture file"))
    decorative = BooleanField(_l("The picture is decorative: it adds nothing to the text"))

    def picture(self) -> Cover:
        remove = self._fields.get("remove_cover")
        return Cover(
            data=self.cover.data.read() if self.cover.data else None, alt=self.cover_alt.data or "",
            decorative=bool(self.decorative.data), remove=bool(remove is not None and remove.data),
        )  # fmt: skip

    def texts(self) -> dict[str, object]:
        return {field.name: self[field.name].data for field in POST}


class NewPostForm(PostFields):
    """A new post in one language."""

    language = SelectField(_l("Language of the post"), choices=[], validators=[required(_l("Choose the language."))])

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.language.choices = choices(endonyms())


class EditPostForm(PostFields, Versioned):
    """A change of a post."""

    @classmethod
    def of(cls, post: Post) -> "EditPostForm":
        return cls.on(post, post.title.original, decorative=post.cover_id is not None and not post.cover_alt)

    remove_cover = BooleanField(_l("Remove the picture"))


class TranslatePostForm(Versioned):
    """The texts of a post in another language."""

    fields = WITH_COVER.texts


class PublishForm(Form):
    """When a post becomes public."""

    when = ChoiceField(
        _l("When"),
        [required(_l("Choose when the post becomes public."))],
        choices=choices([("now", _l("now")), ("later", _l("at the moment that is entered below"))]),
    )
    publish_at = DateTimeField(_l("Day and hour"))

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if valid and self.when.data == "later" and self.publish_at.data is None:
            self.publish_at.errors = [_("Enter the day and hour.")]
            return False
        return valid
