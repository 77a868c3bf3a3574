"""Commands about what follows from stored rows: the index of the search, and counters."""

import json
from collections.abc import Sequence

import click
from flask.cli import with_appcontext

from portal import rebuilding
from portal.ground.derived import Renewed
from portal.words import search
from portal.words.i18n import LANGUAGES, in_language


class QueryFirst(click.Group):
    """A group of which the command `query` needs no name: `portal search WORD`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0] in self.get_help_option_names(ctx))
        return super().parse_args(ctx, args if named or not args else ["query", *args])


@click.group("search", cls=QueryFirst)
def search_group() -> None:
    """The search: `portal search WORD` asks it, `portal search rebuild` makes its index anew."""


@search_group.command("query")
@click.argument("query")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The language of the reader.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100)
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@with_appcontext
def search_query(query: str, lang: str, limit: int, as_json: bool) -> None:
    """What the search of the portal finds, best first."""
    with in_language(lang):
        hits = search.search(query, lang=lang, limit=limit, offset=0)
    rows = [
        {name: getattr(hit, name) for name in ("kind", "id", "title", "lang", "url", "match")} for hit in hits.items
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['match']:<9} {row['kind']:<13} {row['lang']}  {row['title']}  /{row['url']}")


@search_group.command("rebuild")
@with_appcontext
def search_rebuild() -> None:
    """Make the index, the directory and the alphabetical orders anew, while people write."""
    stop_if_failed(rebuilding.rebuild_search(tell))


@click.group("counters")
def counters_group() -> None:
    """What is counted when it is written: seats, cells of the directory."""


@counters_group.command("rebuild")
@with_appcontext
def counters_rebuild() -> None:
    """Count everything anew, while people write."""
    stop_if_failed(rebuilding.rebuild_counters(tell))


def tell(renewed: Renewed) -> None:
    """Say what was made anew, and on standard error what could not be."""
    click.echo(f"{renewed.name}: {renewed.rows} rows gone through.")
    if renewed.failed:
        numbers = ", ".join(map(str, renewed.failed))
        click.echo(f"{renewed.name}: these could not be made anew, the log says why: {numbers}", err=True)


def stop_if_failed(done: Sequence[Renewed]) -> None:
    if any(one.failed for one in done):
        raise click.ClickException("Not everything could be made anew.")


COMMANDS: tuple[click.Command, ...] = (search_group, counters_group)
