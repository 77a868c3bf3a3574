"""A mail server is reached as its address says, and believed only with a certificate for its name."""

import datetime as dt
import ipaddress
import smtplib
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.mail.composing import composed
from portal.mail.message import Undeliverable
from portal.mail.rendering import Rendered
from portal.mail.server import hand_over
from tests.support import processes


class Catcher:
    """Keeps what came: envelope and content. One that `hangs_up` answers nothing to QUIT."""

    def __init__(self) -> None:
        self.caught: list[Envelope] = []
        self.hangs_up = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.caught.append(envelope)
        return "250 caught"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hangs_up and server.transport is not None:
            server.transport.abort()
        return "221 bye"


Serve = Callable[..., tuple[Catcher, int]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """`serve(tls_context=...)` starts a server and gives (what it catches, its port)."""
    running: list[Controller] = []

    def start(**options: object) -> tuple[Catcher, int]:
        catcher, port = Catcher(), processes.free_port()
        controller = Controller(catcher, hostname="127.0.0.1", port=port, **options)  # type: ignore[arg-type]
        controller.start()
        running.append(controller)
        return catcher, port

    yield start
    for controller in running:
        controller.stop(no_assert=True)


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ssl.SSLContext]:
    """`certified("127.0.0.1")`: a server's TLS with a certificate for that address, which this machine trusts or not."""

    def make(address: str, *, trusted: bool = True) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
        now = dt.datetime.now(dt.UTC)
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        file = tmp_path / "mail.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(file))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    return make


def send(url: str, to: str = "anna@example.org") -> None:
    words = Rendered("Cześć", "From the beginning\nżółw\n", "<p>żółw</p>\n", "pl")
    hand_over(composed(words, sender="portal@example.org", to=to, message_id="<1@example.org>"), url)


def how(scheme: str, context: ssl.SSLContext) -> dict[str, object]:
    return {"ssl_context": context} if scheme == "smtps" else {"tls_context": context, "require_starttls": True}


def test_a_mail_arrives_for_whom_it_is(serve: Serve) -> None:
    catcher, port = serve()
    send(f"smtp://127.0.0.1:{port}")
    (envelope,) = catcher.caught
    assert (envelope.mail_from, envelope.rcpt_tos) == ("portal@example.org", ["anna@example.org"])
    assert isinstance(envelope.content, bytes) and b"\r\nFrom the beginning" in envelope.content


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_certificate_for_the_name_of_the_server_is_believed(scheme: str, serve: Serve, certified) -> None:
    catcher, port = serve(**how(scheme, certified("127.0.0.1")))
    send(f"{scheme}://127.0.0.1:{port}")
    assert len(catcher.caught) == 1


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
@pytest.mark.parametrize(("address", "trusted"), [("192.0.2.1", True), ("127.0.0.1", False)])
def test_any_other_certificate_gets_no_mail(scheme: str, address: str, trusted: bool, serve: Serve, certified) -> None:
    catcher, port = serve(**how(scheme, certified(address, trusted=trusted)))
    with pytest.raises(ssl.SSLCertVerificationError):
        send(f"{scheme}://127.0.0.1:{port}")
    assert catcher.caught == []


def test_without_starttls_nothing_is_sent_in_the_clear(serve: Serve) -> None:
    catcher, port = serve()
    with pytest.raises(smtplib.SMTPNotSupportedError):
        send(f"smtp+starttls://127.0.0.1:{port}")
    assert catcher.caught == []


def test_user_and_password_are_those_of_the_address(serve: Serve) -> None:
    given: list[LoginPassword] = []

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
        given.append(data)
        return AuthResult(success=data.password == b"p@ss:word", handled=False)

    catcher, port = serve(authenticator=check, auth_require_tls=False)
    send(f"smtp://portal%40example.org:p%40ss%3Aword@127.0.0.1:{port}")
    assert given[0].login == b"portal@example.org"
    with pytest.raises(smtplib.SMTPAuthenticationError):
        send(f"smtp://portal:wrong@127.0.0.1:{port}")
    assert len(catcher.caught) == 1


def test_a_rude_farewell_sends_nothing_twice(serve: Serve) -> None:
    catcher, port = serve()
    catcher.hangs_up = True
    send(f"smtp://127.0.0.1:{port}")
    assert len(catcher.caught) == 1


def test_an_address_that_is_not_ascii_needs_a_server_that_takes_it(serve: Serve) -> None:
    takes, port = serve()
    send(f"smtp://127.0.0.1:{port}", to="żółw@example.org")
    assert takes.caught[0].rcpt_tos == ["żółw@example.org"]
    refuses, port = serve(enable_SMTPUTF8=False)
    with pytest.raises(Undeliverable, match="SMTPUTF8"):
        send(f"smtp://127.0.0.1:{port}", to="żółw@example.org")
    assert refuses.caught == []


def test_nobody_there_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match="refused"):
        send(f"smtp://127.0.0.1:{processes.free_port()}")
