"""Who may do what with posts: authors write, editors and owners publish, coordinators do both for their network."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground import clock
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.membership.models import Network
from portal.membership.publishers import PUBLISHERS
from portal.membership.queries import coordinated_networks, is_coordinator
from portal.news import queries
from portal.news.models import Post, PostStatus
from portal.organisations.models import PUBLIC, Organisation, Role
from portal.organisations.queries import roles_anywhere, roles_in

TRANSLATORS = frozenset({*queries.WRITERS, Role.TRANSLATOR})


class Permission(StrEnum):
    SEE = "news:see"
    SEE_OWN = "news:see_own"
    WRITE_FOR_ORGANISATION = "news:write_for_organisation"
    WRITE_FOR_NETWORK = "news:write_for_network"
    PREVIEW = "news:preview"
    EDIT = "news:edit"
    TRANSLATE = "news:translate"
    PUBLISH = "news:publish"
    CALL_BACK = "news:call_back"
    UNPUBLISH = "news:unpublish"
    DELETE = "news:delete"


def is_public(post: Post) -> bool:
    """Is it public at this moment? The post comes with its organisation. Twin: `queries.public_condition`."""
    if post.status not in queries.SHOWN or post.publish_at is None or post.publish_at > clock.now():
        return False
    return post.organisation is None or post.organisation.status in PUBLIC


def may_see(person: Person | None, post: Post) -> bool:
    """Twin: `queries.visible_to`."""
    return is_public(post) or may_preview(person, post)


def may_see_own(person: Person | None, _: object = None) -> bool:
    writes = any(roles & set(queries.WRITERS) for roles in roles_anywhere(person).values())
    return writes or bool(coordinated_networks(person))


def may_write_for_organisation(person: Person | None, organisation: Organisation) -> bool:
    return bool(roles_in(person, organisation) & set(queries.WRITERS))


def may_write_for_network(person: Person | None, network: Network) -> bool:
    return is_coordinator(person, network)


def may_preview(person: Person | None, post: Post) -> bool:
    """Everybody with a role at the publisher, and the portal team."""
    return bool(_roles(person, post)) or _coordinates(person, post) or is_administrator(person)


def may_edit(person: Person | None, post: Post) -> bool:
    """An author edits drafts: a change of what is public is a publication."""
    if publishes(person, post):
        return True
    return post.status == PostStatus.DRAFT and Role.AUTHOR in _roles(person, post)


def may_translate(person: Person | None, post: Post) -> bool:
    return bool(_roles(person, post) & TRANSLATORS) or _coordinates(person, post)


def may_publish(person: Person | None, post: Post) -> bool:
    return post.status in (PostStatus.DRAFT, PostStatus.UNPUBLISHED) and publishes(person, post)


def may_call_back(person: Person | None, post: Post) -> bool:
    """Take back what is scheduled and not public yet."""
    return post.status == PostStatus.SCHEDULED and not is_due(post) and publishes(person, post)


def may_unpublish(person: Person | None, post: Post) -> bool:
    shown = post.status == PostStatus.PUBLISHED or (post.status == PostStatus.SCHEDULED and is_due(post))
    return shown and publishes_or_removes(person, post)


def may_delete(person: Person | None, post: Post) -> bool:
    """Only drafts: what was public is taken off the site and kept."""
    return post.status == PostStatus.DRAFT and may_edit(person, post)


def is_due(post: Post) -> bool:
    return post.publish_at is not None and post.publish_at <= clock.now()


def publishes(person: Person | None, post: Post) -> bool:
    """Whoever decides what the publisher says: in which states, says the table of steps."""
    return bool(_roles(person, post) & PUBLISHERS) or _coordinates(person, post)


def publishes_or_removes(person: Person | None, post: Post) -> bool:
    """The portal team too may take off the site what must not stay there."""
    return publishes(person, post) or is_administrator(person)


def _coordinates(person: Person | None, post: Post) -> bool:
    return post.network_id is not None and is_coordinator(person, post.network_id)


def _roles(person: Person | None, post: Post) -> frozenset[str]:
    return frozenset() if post.organisation_id is None else roles_in(person, post.organisation_id)


RULES: Rules = {
    Permission.SEE: may_see,
    Permission.SEE_OWN: may_see_own,
    Permission.WRITE_FOR_ORGANISATION: may_write_for_organisation,
    Permission.WRITE_FOR_NETWORK: may_write_for_network,
    Permission.PREVIEW: may_preview,
    Permission.EDIT: may_edit,
    Permission.TRANSLATE: may_translate,
    Permission.PUBLISH: may_publish,
    Permission.CALL_BACK: may_call_back,
    Permission.UNPUBLISH: may_unpublish,
    Permission.DELETE: may_delete,
}

SIGHTS: Sights = {Post: Permission.SEE}
