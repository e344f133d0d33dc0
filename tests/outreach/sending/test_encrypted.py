"""Mail over TLS, from the first byte or after STARTTLS: what waits inside it is heard too."""

import datetime
import ipaddress
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.contrib.auth.models import User

from outreach.models import Message
from outreach.sending.dispatch import dispatch
from tests.factories import make_approved, make_mailbox
from tests.smtp_sink import running_sink

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 40


@pytest.fixture
def server_context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's side of TLS; our side trusts its certificate as it would a public one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sink")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    public, private = tmp_path / "public.pem", tmp_path / "private.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context


@pytest.mark.parametrize("connections", [1, 3])
@pytest.mark.parametrize("way", ["from the first byte", "after STARTTLS"])
def test_mail_leaves_over_tls(
    server_context: ssl.SSLContext, ella: User, settings: Any, way: str, connections: int
) -> None:
    at_once = way == "from the first byte"
    options = (
        {"ssl_context": server_context}
        if at_once
        else {"tls_context": server_context, "require_starttls": True}
    )
    campaign = make_approved(COUNT, ella, mailbox=make_mailbox(max_connections=connections))
    with running_sink(**options) as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = at_once, not at_once
        settings.EMAIL_TIMEOUT = 5
        dispatch()
    found = set(Message.objects.filter(campaign=campaign).values_list("status", flat=True))
    assert found == {"sent"}
    assert (len(sink.mails), sink.twice) == (COUNT, {})
