"""Attached files survive being written into a mail, whatever they hold and are called."""

import email
from email.message import Message as Mime

import pytest
from anymail.inbound import AnymailInboundMessage

from outreach.inbound.parse import parse_mail
from outreach.inbound.whole_files import guard_files

EVERY_BYTE = bytes(range(256)) + b"\r\n\r\r\n\n"


def written(content: bytes, kind: str = "application/pdf") -> bytes:
    """The mail anymail puts together from a provider's post, as we store it."""
    file = AnymailInboundMessage.construct_attachment(kind, content, filename="terms.pdf")
    mail = AnymailInboundMessage.construct(
        from_email="pat@jets.example", subject="Terms", text="Here it is.", attachments=[file]
    )
    guard_files(mail)
    return bytes(mail.as_bytes())


@pytest.mark.parametrize("kind", ["application/pdf", "text/csv", "image/png", "no/such; kind"])
@pytest.mark.parametrize("content", [EVERY_BYTE, b"", b"\r", b"--boundary\r\n", b"From me\r\n"])
def test_a_file_is_kept_byte_for_byte(content: bytes, kind: str) -> None:
    (file,) = parse_mail(written(content, kind)).files
    assert (file.name, file.content) == ("terms.pdf", content)


def test_the_same_post_is_written_the_same_way() -> None:
    first, second = (email.message_from_bytes(written(EVERY_BYTE)) for _ in range(2))
    assert [part.get_payload() for part in first.walk() if not part.is_multipart()] == [
        part.get_payload() for part in second.walk() if not part.is_multipart()
    ]


@pytest.mark.parametrize("name", ["filename*=\x00''x", "filename*=utf-8''%ff%fe", "filename"])
def test_a_name_nobody_can_read_costs_neither_mail_nor_file(name: str) -> None:
    part = Mime()
    part["Content-Type"] = "application/pdf"
    part["Content-Disposition"] = f"attachment; {name}"
    part.set_payload(EVERY_BYTE.decode("ascii", "surrogateescape"))
    nothing = Mime()
    nothing["Content-Disposition"] = "attachment"
    for one in (part, nothing):
        guard_files(one)
    assert part.get_payload(decode=True) == EVERY_BYTE
