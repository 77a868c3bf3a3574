"""Commands about background work: what is due, and doing it now."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.ground import jobs
from portal.ground.jobs import Ending, Job, Periodic
from portal.periodic import periodic


@click.group("jobs")
def jobs_group() -> None:
    """Background work: what is due, how it went, and doing it now."""


@jobs_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@with_appcontext
def jobs_list(as_json: bool) -> None:
    """Every job: when it is due, and how it went the last time."""
    work = periodic()
    rows = jobs.known(job.name for job in work)
    told = [_told(job, rows.get(job.name)) for job in work]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for one in told:
        state = "running" if one["running"] else one["outcome"] or "never ran"
        click.echo(
            f"{one['name']:<24} {one['lane']:<6} {one['due'] or 'at once':<20} {state}  {one['error'] or ''}".rstrip()
        )


def _told(job: Periodic, row: Job | None) -> Mapping[str, object]:
    """A job that no worker has met yet has no row: it is due at once."""
    row = row or Job()
    return {
        "name": job.name,
        "minutes": job.minutes,
        "lane": job.lane,
        "due": _instant(row.due_at),
        "running": row.worker is not None,
        "running_since": _instant(row.begun_at) if row.worker else None,
        "last_run": _instant(row.ended_at),
        "outcome": row.outcome,
        "done": row.done,
        "failed": row.failed,
        "milliseconds": row.milliseconds,
        "error": row.error,
    }


def _instant(moment: dt.datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


@jobs_group.command("run")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_appcontext
def jobs_run(name: str, as_json: bool) -> None:
    """Do the job NAME now, in this process; exit 1 when it fails. One that is running is waited for first."""
    work = {job.name: job for job in periodic()}
    if name not in work:
        raise click.ClickException(f"There is no job “{name}”. There are: {', '.join(work)}.")
    ran = jobs.run_now(current_app._get_current_object(), work[name])  # type: ignore[attr-defined]
    if as_json:
        click.echo(json.dumps({"name": name, **asdict(ran)}, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{name}: {ran.outcome}, {ran.done} done, {ran.failed} failed, {ran.milliseconds} ms")
    if ran.outcome is not Ending.DONE:
        raise click.ClickException(f"{ran.error}: the log says more.")


COMMANDS: tuple[click.Command, ...] = (jobs_group,)
