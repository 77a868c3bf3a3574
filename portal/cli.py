"""`portal`: the console command. What belongs to one feature stands in that feature, the rest in portal/commands."""

import sys

import click
from flask import Flask
from flask.cli import ScriptInfo

from portal.commands import data, demonstration, people, serving, settings
from portal.core.config import Config, ConfigError
from portal.core.errors import Refusal
from portal.start import CannotStart


def make_app() -> Flask:
    """The application with the settings of the environment."""
    from portal.app import create_app

    return create_app(Config.from_environment())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Synergia: the portal of civil-society networks."""
    context.obj = ScriptInfo(create_app=make_app)


for command in (*data.COMMANDS, *demonstration.COMMANDS, *people.COMMANDS, *serving.COMMANDS, *settings.COMMANDS):
    cli.add_command(command)


def main() -> None:
    """Run a command; whatever goes wrong is said on standard error and ends with 1."""
    try:
        cli.main(prog_name="portal", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except (ConfigError, CannotStart) as error:
        _fail(str(error))
    except Refusal as refusal:
        _fail("\n".join(str(part.reason) for part in refusal.parts))
    except click.Abort:
        _fail("Stopped.")


def _fail(reason: str) -> None:
    click.echo(reason, err=True)
    sys.exit(1)
