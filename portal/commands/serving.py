"""Commands that serve: the web processes, the worker, or both at once."""

import resource
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.commands.port import check_port, hold_port
from portal.commands.together import run_together
from portal.ground import memory
from portal.ground.config import CONFIG, Config

HEAD_SECONDS = 30  # for the head of a request, also of the next one on a connection that is kept: proxies keep them
CONNECTIONS = 2048  # of a process at once: whoever opens a thousand and says nothing keeps nobody out
FILES = 512  # that a process may need for everything else
BACKLOG = 1024  # connections that wait for one of them
ROOT = Path(__file__).resolve().parents[2]


@click.command("serve")
def serve() -> None:
    """Start the web processes (granian). They are forks of this process, which has loaded the portal: they share it."""
    from granian.cli import cli as granian

    sys.path.insert(0, str(ROOT))  # the command may be called from anywhere
    hold_port(Config.from_environment())
    import wsgi  # found again by every fork; where processes are not forked (macOS) each of them loads its own

    granian.main([*granian_options(wsgi.config), "wsgi:gateway"], prog_name="granian", standalone_mode=False)


def granian_options(config: Config) -> list[str]:
    """How the web server runs: a process per worker, respawned when one dies. Their threads are those of the gateway.

    HTTP/2 is spoken by the proxy: without TLS no browser speaks it, and the time limit for a head is one of HTTP/1.
    """
    return [
        "--interface", "rsgi", "--host", config.bind, "--port", str(config.port), "--workers", str(config.workers),
        "--http", "1", "--http1-header-read-timeout", str(HEAD_SECONDS * 1000), "--loop", "asyncio", "--no-ws",
        "--backlog", str(BACKLOG), "--backpressure", str(connections()),
        "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning", "--working-dir", str(ROOT),
    ]  # fmt: skip


def connections() -> int:
    """How many connections a process takes. Each is a file: as many as the machine allows are asked for, where a process
    may open only 1,024 at first."""
    first, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + FILES
    if allowed != resource.RLIM_INFINITY:
        wanted = min(wanted, allowed)
    if first != resource.RLIM_INFINITY and first < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, allowed))
    return max(wanted - FILES, FILES)


@click.command("worker")
@click.option("--no-periodic", is_flag=True, help="Changes nothing: workers share their work by themselves.")
@with_appcontext
def worker(no_periodic: bool) -> None:
    """Do the background work: mail, reminders, tidying up. Any number of workers share it."""
    from portal.ground.jobs import Worker
    from portal.periodic import periodic
    from portal.start import check_clock

    check_clock(CONFIG.get())
    memory.share_heaps()
    Worker(current_app._get_current_object(), periodic()).run()  # type: ignore[attr-defined]


@click.command("run")
@with_appcontext
def run() -> None:
    """Make the database, load the demo when it is empty, start web and worker, say where."""
    from portal import demo, rebuilding
    from portal.ground import migrations

    config = CONFIG.get()
    check_port(config)
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
