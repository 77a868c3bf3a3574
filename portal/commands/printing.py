"""What commands print for programs."""

import json

import click


def print_json(value: object) -> None:
    """One JSON value; moments in the form of ISO 8601."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=lambda one: one.isoformat()))
