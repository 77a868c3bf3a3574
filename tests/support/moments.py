"""Several people at the same moment."""

import threading
from collections.abc import Callable

from flask import Flask

from portal.ground.errors import Refusal


def at_once(app: Flask, works: list[Callable[[], None]]) -> list[str]:
    """Do all of this at the same moment, each with its own session; tells what came of each."""
    start, outcomes = threading.Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            try:
                work()
                outcomes.append("done")
            except Refusal as refusal:
                outcomes.append(str(refusal.status))

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
