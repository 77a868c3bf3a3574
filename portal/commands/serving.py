"""Commands that serve: the web processes, the worker, or both at once."""

import logging
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.commands.together import run_together
from portal.ground import memory
from portal.ground.config import CONFIG, Config

ROOT = Path(__file__).resolve().parents[2]


@click.command("serve")
def serve() -> None:
    """Start the web processes (granian). They are forks of this process, which has loaded the portal: they share it."""
    from granian.cli import cli as granian

    sys.path.insert(0, str(ROOT))  # the command may be called from anywhere
    import wsgi  # found again by every fork; where processes are not forked (macOS) each of them loads its own

    # Eight threads are meant: each holds one slow upload. The warning about them would be the first thing that people read.
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in record.getMessage())
    granian.main([*granian_options(wsgi.config), "wsgi:app"], prog_name="granian", standalone_mode=False)


def granian_options(config: Config) -> list[str]:
    """How the web server runs: a process per worker, eight threads each, respawned when one dies."""
    return [
        "--interface", "wsgi", "--host", config.bind, "--port", str(config.port), "--workers", str(config.workers),
        "--blocking-threads", "8", "--respawn-failed-workers", "--workers-kill-timeout", "10", "--no-ws",
        "--log-level", "warning", "--working-dir", str(ROOT),
    ]  # fmt: skip


@click.command("worker")
@click.option("--no-periodic", is_flag=True, help="A second worker: leave the periodic jobs to the first.")
@with_appcontext
def worker(no_periodic: bool) -> None:
    """Do the background work: mail, reminders, tidying up."""
    from portal.ground import jobs
    from portal.periodic import periodic

    memory.share_heaps()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if not no_periodic:
        jobs.schedule(app, periodic())
        jobs.run_at_start(periodic())
    consumer = jobs.huey(app).create_consumer(
        workers=2, periodic=not no_periodic, initial_delay=0.1, backoff=1.15, max_delay=1.0, check_worker_health=True
    )
    consumer.run()


@click.command("run")
@with_appcontext
def run() -> None:
    """Make the database, load the demo when it is empty, start web and worker, say where."""
    from portal import demo, rebuilding
    from portal.ground import migrations

    config = CONFIG.get()
    migrations.upgrade(config)
    rebuilding.follow_rules(lambda renewed: None)
    if config.is_demo and demo.is_empty():
        click.echo("Loading the demo …")
        demo.load()
    click.echo(f"\n  Synergia: {config.base_url}\n")
    if config.is_demo:
        for account in demo.accounts():
            click.echo(f"  {account['role']:<15} {account['address']:<32} {account['password']}")
    click.echo("\n  Ctrl+C stops it.\n")
    sys.stdout.flush()
    raise SystemExit(run_together([[sys.executable, "-m", "portal", name] for name in ("serve", "worker")], cwd=ROOT))


COMMANDS: tuple[click.Command, ...] = (serve, worker, run)
