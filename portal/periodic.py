"""What the worker does by the clock: the periodic work of all features, and that of the rooms below them."""

from collections.abc import Callable

from portal import mail, privacy
from portal.declaration import declared
from portal.face import media
from portal.ground import clock, limits, links, traces
from portal.ground.batches import each
from portal.ground.db import after_commit, transaction
from portal.ground.jobs import Periodic


def periodic() -> list[Periodic]:
    """All periodic work: mail first, then that of the features in ladder order, then tidying up.

    What may wait for others (a mail server) or takes minutes has a lane of its own.
    """
    return [
        Periodic("mail", 1, mail.send_all_due, lane="mail", longest=15),
        *(work for feature in declared() for work in feature.periodic),
        Periodic("tidy", 60, _tidy),
        Periodic("media", 24 * 60, media.remove_unused, lane="night", longest=6 * 60),
        Periodic("files", 24 * 60, traces.write_anew, lane="night", longest=6 * 60),
    ]


def _tidy() -> None:
    """End what has an end: limits, dead links, mails, details of acts; and let the files forget it as well."""
    steps = (
        limits.remove_old, mail.remove_old, mail.remove_old_reports, privacy.remove_old_details, _remove_links, _cut_log,
    )  # fmt: skip
    each("tidying up", steps, _alone)


def _alone(step: Callable[[], object]) -> None:
    with transaction():
        step()


def _remove_links() -> None:
    links.remove_expired(clock.now() - links.KEPT)


def _cut_log() -> None:
    after_commit(traces.cut_log)
