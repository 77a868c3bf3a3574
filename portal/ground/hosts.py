"""The address of a database on PostgreSQL: one host or several, as libpq writes them."""

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

SCHEMES = ("postgres", "postgresql", "postgresql+psycopg")
DEFAULT_PORT = "5432"
# What a host may be asked to be. A connection of the portal is read-only until a use-case begins, so that "read-write"
# would be true of none: what is meant is the primary.
ROLES = {"any": "any", "primary": "primary", "read-write": "primary", "prefer-standby": "any"}


def driver_url(url: str) -> str:
    """The address of a database as SQLAlchemy, its driver and the queue all read it.

    PostgreSQL is spoken through psycopg 3, whatever the address calls it. Several hosts, in which of the forms of libpq or
    SQLAlchemy they stand, become `?host=a,b&port=1,2`, and then the primary is asked for unless the address says
    otherwise. Raises ValueError with a sentence when it is no address of a database.
    """
    if url.startswith("sqlite:///"):
        return url
    scheme, separator, rest = url.partition("://")
    if scheme not in SCHEMES or not separator:
        raise ValueError("must begin with postgresql:// or sqlite:///.")
    parts = urlsplit(f"postgresql://{rest}")
    given = parse_qsl(parts.query, keep_blank_values=True)
    user, at, netloc = parts.netloc.rpartition("@")
    hosts = [host for one in _listed(given, "host") or [netloc] for host in one.split(",") if host]
    ports = [port for one in _listed(given, "port") for port in one.split(",")]
    if not parts.path.strip("/"):
        raise ValueError("names no database: it ends in /NAME.")
    options = {name: value for name, value in given if name not in ("host", "port")}
    _check_role(options)
    places = [_place(host) for host in hosts]
    found = _ports(places, ports)
    if len(places) < 2:
        netloc = "" if not places else _joined(places[0][0], found[0] if found else "")
        if places and places[0][0].startswith("/"):  # a directory with a socket is no part of an address
            netloc, options = "", {"host": places[0][0], **({"port": found[0]} if found[0] else {}), **options}
    else:
        options.setdefault("target_session_attrs", "primary")
        lists = {
            "host": ",".join(host for host, _port in places),
            "port": ",".join(port or DEFAULT_PORT for port in found),
        }
        netloc, options = "", {**lists, **options}
    query = urlencode(options, safe=",/", quote_via=quote)
    return f"postgresql+psycopg://{user}{at}{netloc}{parts.path}" + (f"?{query}" if query else "")


def _listed(given: list[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in given if key == name]


def _check_role(options: dict[str, str]) -> None:
    asked = options.get("target_session_attrs")
    if asked is None:
        return
    if asked not in ROLES:
        raise ValueError(
            f"asks for target_session_attrs={asked}: it must be primary (or read-write) or any, because people write."
        )
    options["target_session_attrs"] = ROLES[asked]


def _place(host: str) -> tuple[str, str]:
    """A host with its port, which may be empty. IPv6 stands in brackets."""
    if host.startswith("/") or unquote(host).startswith("/"):
        return unquote(host), ""
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host.strip("[]"), ""
    return name.strip("[]"), port


def _ports(places: list[tuple[str, str]], listed: list[str]) -> list[str]:
    """The port of each host: beside it, or from the list of ports, of which there is one for all or one for each."""
    if listed and len(listed) not in (1, len(places)):
        raise ValueError(f"has {len(places)} hosts and {len(listed)} ports.")
    more = listed if len(listed) == len(places) else (listed or [""]) * len(places)
    found = [port or other for (_host, port), other in zip(places, more, strict=True)]
    for port in found:
        if port and not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
            raise ValueError(f"has the port {port}, which is none: a port is a number from 1 to 65535.")
    return found


def _joined(host: str, port: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}" if port else name
