"""Photos and logos of a card: added, described, replaced, removed by those who look after the project."""

from collections.abc import Iterator, Mapping

from portal.accounts.models import Person
from portal.face import media
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked_if_there
from portal.projects import queries
from portal.projects.models import PictureConsent, PictureKind, Project, ProjectPicture
from portal.projects.picture_fields import PICTURE
from portal.projects.policies import Permission
from portal.projects.services.locking import locked_project
from portal.words.fields import Given
from portal.words.i18n import LANGUAGES, LazyString, _l

MOST_PICTURES: Mapping[str, int] = {PictureKind.PHOTO: 12, PictureKind.LOGO: 8}
ENOUGH: Mapping[str, LazyString] = {
    PictureKind.PHOTO: _l("A card shows at most twelve photos. Remove one that says less than the new one."),
    PictureKind.LOGO: _l("A card shows at most eight logos. Remove one that nobody demands."),
}
GONE = _l("This picture is not there any more. Nothing has changed.")


def add_picture(project: Project, *, by: Person | Portal, file: bytes | None, **values: object) -> ProjectPicture:
    """Put a photo or a logo on the card.

    Raises Refusals with everything that is wrong: no file or none that is a picture, nothing said for whoever does not see
    it, a photo of which nobody says that the people on it agreed, and more pictures than a card shows.
    """
    given, prepared = _checked(values, file, language=project.title.original, is_new=True)
    assert prepared is not None
    with transaction() as session:
        project = locked_project(project.id)
        demand(Permission.EDIT, project, by=by)
        _check_room(project.id, given.text("kind"))
        picture = ProjectPicture(
            project_id=project.id, file_id=media.store(prepared, by=by).id,
            **PICTURE.new(given, project.title.original),
        )  # fmt: skip
        session.add(picture)
        session.flush()
        audit.record("project.picture-added", project, detail=_told(picture), actor=by)
    return picture


def change_picture(
    picture: ProjectPicture, *, version: int, by: Person | Portal, file: bytes | None = None, **values: object
) -> None:
    """Describe a picture anew, and put another file in its place when there is one.

    Raises Stale when somebody else has saved since `version`, Conflict when the picture is gone.
    """
    numbers, language = (picture.project_id, picture.id), picture.project.title.original
    given, prepared = _checked(values, file, language=language, is_new=False)
    with transaction() as session:
        project, current = _with_picture(*numbers)
        demand(Permission.CHANGE_PICTURE, current, by=by)
        check_version(current, version, PICTURE.read(current, language))
        if given["kind"] != current.kind:
            _check_room(project.id, given.text("kind"))
        PICTURE.write(current, given, language)
        if prepared is not None:
            former, current.file_id = current.file_id, media.store(prepared, by=by).id
            session.flush()
            _forget(former)
        session.flush()
        detail = {**_told(current), "file": prepared is not None}
        audit.record("project.picture-changed", project, detail=detail, actor=by)


def remove_picture(picture: ProjectPicture, *, by: Person | Portal) -> None:
    """Take a picture off the card and delete its file. Raises Conflict when it is gone already."""
    numbers = picture.project_id, picture.id
    with transaction():
        project, current = _with_picture(*numbers)
        demand(Permission.CHANGE_PICTURE, current, by=by)
        audit.record("project.picture-removed", project, detail=_told(current), actor=by)
        _remove(current)


def forget_pictures(project_id: int) -> None:
    """Delete the pictures of a draft with their files, before it is deleted itself."""
    for picture in queries.pictures_of(project_id):
        _remove(picture)


def _checked(
    values: Mapping[str, object], file: bytes | None, *, language: str, is_new: bool
) -> tuple[Given, media.PreparedImage | None]:
    """What was typed and the picture, encoded and kept, with everything that is wrong at once."""
    given, faults, prepared = PICTURE.given(values), [], None
    if file is not None:
        try:
            prepared = media.prepare_image(file, field="file")
        except Refusal as fault:
            faults.append(fault)
    elif is_new:
        faults.append(Refusal(_l("Choose a file with the picture."), field="file"))
    given.check(*faults, *_faults(given, language))
    if given["kind"] == PictureKind.LOGO:
        given = given.replaced({"consent": ""})
    return given, prepared


def _faults(given: Given, language: str) -> Iterator[Refusal]:
    if given["kind"] not in [*PictureKind]:
        yield Refusal(_l("Choose whether it is a photo or a logo."), field="kind")
    elif given["kind"] == PictureKind.PHOTO and given["consent"] not in [*PictureConsent]:
        reason = _l(
            "Say whether the people on the photo agreed to be shown. Without that choose a photo on which nobody can be"
            " recognised."
        )
        yield Refusal(reason, field="consent")
    if not any(given[f"alt_{code}"] for code in LANGUAGES):
        reason = _l("Describe the picture in one sentence, in one language at least.")
        yield Refusal(reason, field=f"alt_{language}")
    for field in PICTURE:
        if field.most and len(given.text(field.name)) > field.most:
            yield Refusal(
                _l("The text is longer than %(most)s characters. Shorten it.", most=field.most), field=field.name
            )


def _check_room(project_id: int, kind: str) -> None:
    if queries.number_of_pictures(project_id, kind) >= MOST_PICTURES[kind]:
        raise Refusal(ENOUGH[kind], field="kind")


def _with_picture(project_id: int, number: int) -> tuple[Project, ProjectPicture]:
    """The project and the picture, ours until the end of the transaction."""
    project = locked_project(project_id)
    if locked_if_there(ProjectPicture, number) is None:
        raise Conflict(GONE)
    picture = queries.picture_at(project.slug, number)
    assert picture is not None
    return project, picture


def _remove(picture: ProjectPicture) -> None:
    former = picture.file_id
    db.session.delete(picture)
    db.session.flush()
    _forget(former)


def _forget(file_id: int) -> None:
    media.remove(db.session.get_one(media.File, file_id))


def _told(picture: ProjectPicture) -> dict[str, object]:
    return {"picture": picture.id, "kind": picture.kind, "consent": picture.consent}
