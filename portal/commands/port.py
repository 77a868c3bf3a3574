"""The port of the web server: it is tried before anything starts, and belongs to one portal.

The web processes listen with SO_REUSEPORT, so the kernel would let a second portal share their port without a word, and
give each some of the requests.
"""

import errno
import socket
import sys

import click

from portal.ground.config import Config

REASONS = {
    errno.EADDRINUSE: "another program listens there. Stop it, or set PORTAL_PORT to a free port.",
    errno.EADDRNOTAVAIL: "this machine has no such address. Set PORTAL_BIND to one that it has.",
    errno.EACCES: "this user may not listen there. Set PORTAL_PORT to a port above 1023.",
}
_held: list[socket.socket] = []


def check_port(config: Config) -> None:
    """Raises ClickException with a sentence when the web server could not listen where it shall."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            config.bind, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that have just ended do not count
            probe.bind(address)
    except OSError as error:
        raise _refusal(config, error) from error


def hold_port(config: Config) -> None:
    """Check the port and keep it for this process and its forks. Raises ClickException.

    Of two portals that start at one moment both would pass the check; a name in Linux's abstract namespace, which is as
    wide as that of ports, is had by one and freed by its end.
    """
    check_port(config)
    if sys.platform == "linux":
        holder = socket.socket(socket.AF_UNIX)
        try:
            holder.bind(f"\0synergia-port-{config.bind}-{config.port}")
        except OSError as error:
            holder.close()
            raise _refusal(config, error) from error
        _held.append(holder)


def _refusal(config: Config, error: OSError) -> click.ClickException:
    reason = REASONS.get(error.errno or 0, f"{error.strerror}.")
    where = f"[{config.bind}]:{config.port}" if ":" in config.bind else f"{config.bind}:{config.port}"
    return click.ClickException(f"The portal cannot listen on {where}: {reason}")
