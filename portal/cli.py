"""`portal`: the console command. What belongs to one feature is declared by it (`cli.py`), the rest is in portal/commands.

A command is found without loading the portal: it loads what it needs itself, `portal serve` in the way that its forks
share, most others with the settings of the environment.
"""

import importlib
import sys
from collections.abc import Mapping

import click
from flask import Flask
from flask.cli import ScriptInfo

from portal.ground.config import Config, ConfigError

MODULES: Mapping[str, str] = {
    **dict.fromkeys(("backup", "restore", "audit", "richtext"), "data"),
    **dict.fromkeys(("serve", "worker", "run"), "serving"),
    **dict.fromkeys(("search", "counters"), "derived"),
    "mail": "mail",
    "access": "access",
    "check": "checking",
    "db": "schema",
    "jobs": "working",
    "demo": "demonstration",
    "config": "settings",
    "vocab": "vocabulary",
}  # command -> module of portal.commands


def make_app() -> Flask:
    """The application with the settings of the environment, by the clock that somebody may have set."""
    from portal.app import create_app
    from portal.ground import set_clock

    config = Config.from_environment()
    set_clock.follow(config)
    return create_app(config)


class Commands(click.Group):
    """The commands by name, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*MODULES, *_of_features()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return _of_features().get(cmd_name)
        module = importlib.import_module(f"portal.commands.{MODULES[cmd_name]}")
        found: click.Command = next(command for command in module.COMMANDS if command.name == cmd_name)
        return found


def _of_features() -> dict[str, click.Command]:
    """The commands that features declare; asking for them loads the portal."""
    from portal.features import FEATURES

    return {str(command.name): command for feature in FEATURES for command in feature.console}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Synergia: the portal of civil-society networks."""
    context.obj = ScriptInfo(create_app=make_app)


def main() -> None:
    """Run a command; whatever goes wrong is said on standard error and ends with 1."""
    try:
        cli.main(prog_name="portal", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except ConfigError as error:
        _fail(str(error))
    except click.Abort:
        _fail("Stopped.")
    except Exception as error:
        _fail(_expected(error))


def _expected(error: Exception) -> str:
    """What a refusal of the portal says; whatever nobody expected is raised on."""
    from sqlalchemy.exc import InterfaceError, OperationalError

    from portal.ground.errors import Refusal
    from portal.start import CannotStart

    if isinstance(error, CannotStart):
        return str(error)
    if isinstance(error, OperationalError | InterfaceError):
        return f"The database cannot be reached or does not answer (PORTAL_DATABASE_URL): {error.orig}"
    if isinstance(error, Refusal):
        return "\n".join(str(part.reason) for part in error.parts)
    raise error


def _fail(reason: str) -> None:
    click.echo(reason, err=True)
    sys.exit(1)
