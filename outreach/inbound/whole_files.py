"""Keeps attached files byte for byte when a mail that anymail put together is written out."""

from email.encoders import encode_base64
from email.message import Message as Mime

SAFE = {"base64", "quoted-printable"}


def guard_files(message: Mime) -> None:
    """Give every attached file an encoding that survives: base64, unless it has one.

    anymail keeps the bytes that a provider posted as they are, and Python writes such a part like
    text: each CR becomes LF, so that no PDF, photo or archive could be opened any more.
    """
    for part in message.walk():
        if part.is_multipart() or part.get_payload() is None or not _is_file(part):
            continue
        encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding in SAFE:
            continue
        del part["Content-Transfer-Encoding"]
        encode_base64(part)


def _is_file(part: Mime) -> bool:
    try:
        return bool(part.get_filename() or part.get_content_disposition())
    except (ValueError, LookupError, TypeError, AttributeError):
        return True  # it has a name, which nobody can read
