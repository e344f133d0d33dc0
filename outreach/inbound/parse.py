"""Raw mail to clean values: guards every header and charset that the wild gets wrong. Pure."""

import email
import email.errors
import email.policy
import re
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.message import Message as Mime
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from typing import Any, cast

KEPT_HEADERS = (
    "auto-submitted", "precedence", "x-autoreply", "x-autorespond", "x-auto-response-suppress",
    "list-id", "return-path", "x-failed-recipients", "authentication-results", "feedback-id",
    "x-mailgun-spf", "x-mailgun-dkim-check-result",
)  # fmt: skip
MOST_TEXT = 2_000_000
MOST_PEOPLE = 100
MOST_NAME = 1_000
# What the standard library raises on charsets and encodings that are none.
UNREADABLE = (LookupError, ValueError, email.errors.MessageError)


@dataclass(frozen=True, slots=True)
class File:
    """One attachment as it came."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One inbound mail; every text is storable (no NUL, no lone surrogates).

    `people` are (role "to" or "cc", name shown, address) as the headers name them.
    """

    message_id: str
    in_reply_to: str
    references: str
    from_name: str
    from_email: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    content_type: str
    headers: dict[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    date: str = ""
    people: tuple[tuple[str, str, str], ...] = ()


def parse_mail(raw: bytes) -> ParsedMail:
    """Parse raw bytes; never raises: what cannot be read is empty or replaced."""
    mime = email.message_from_bytes(raw, policy=email.policy.compat32)
    text, html, files = _bodies(mime)
    name, address = parseaddr(read_header(mime, "From"))
    recipients = [
        address.lower()
        for header in ("Delivered-To", "X-Original-To", "To", "Cc")
        for _name, address in getaddresses([read_header(mime, header)])
        if "@" in address
    ]
    return ParsedMail(
        message_id=read_header(mime, "Message-ID")[:255],
        in_reply_to=read_header(mime, "In-Reply-To")[:255],
        references=read_header(mime, "References")[:10_000],
        from_name=name[:200],
        from_email=_address(address, read_header(mime, "From")),
        to=tuple(dict.fromkeys(recipients)),
        subject=" ".join(read_header(mime, "Subject").split())[:998],
        text=text[:MOST_TEXT],
        html=html[:MOST_TEXT],
        content_type=_content_type(mime),
        headers={name: read_header(mime, name) for name in KEPT_HEADERS if mime[name] is not None},
        files=tuple(files),
        date=_date(mime),
        people=_people(mime),
    )


def _people(mime: Mime) -> tuple[tuple[str, str, str], ...]:
    """Whom the mail names as its recipients, MOST_PEOPLE at the most.

    Split before it is decoded: an encoded name may hold commas and addresses of its own.
    """
    found = [
        (header.lower(), _decoded(name)[:MOST_NAME], clean(address).strip()[:MOST_NAME])
        for header in ("To", "Cc")
        for name, address in getaddresses([_plainly(v) for v in mime.get_all(header, [])])
        if "@" in address
    ]
    return tuple(found[:MOST_PEOPLE])


def clean(text: str) -> str:
    """Text a database can hold: no NUL, no lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def read_header(mime: Mime, name: str) -> str:
    """The first header of that name, decoded and on one line; "" without one."""
    value = mime[name]
    if value is None:
        return ""
    return _decoded(value)


def _decoded(value: object) -> str:
    try:
        decoded = str(make_header(decode_header(str(value))))
    except UNREADABLE:
        decoded = _plainly(value)
    return clean(" ".join(decoded.split()))


def _plainly(value: object) -> str:
    """A header as it stands, where not even its own class can say it."""
    try:
        return str(value)
    except UNREADABLE:
        return ""


def _address(address: str, header: str) -> str:
    """The sender's address; looks for one in broken headers too, else empty."""
    candidate = address.strip().lower()
    if "@" not in candidate:
        found = re.search(r"[\w.+'-]+@[\w.-]+\.\w+", header)
        candidate = found.group(0).lower() if found else ""
    return candidate[:320]


def _date(mime: Mime) -> str:
    try:
        return parsedate_to_datetime(read_header(mime, "Date")).isoformat()
    except (TypeError, ValueError, IndexError):
        return ""


def _content_type(mime: Mime) -> str:
    report = mime.get_param("report-type") if mime.get_content_type() == "multipart/report" else ""
    return f"{mime.get_content_type()}; report-type={report}" if report else mime.get_content_type()


def _bodies(mime: Mime) -> tuple[str, str, list[File]]:
    texts: list[str] = []
    htmls: list[str] = []
    files: list[File] = []
    for part in mime.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if kind.startswith("multipart/"):
            kind = "text/plain"  # it names no boundary, so it has no parts: RFC 2045, 5.2
        name = _filename(part)
        attached = part.get_content_disposition() == "attachment" or (
            bool(name) and not kind.startswith("text/")
        )
        if kind == "text/plain" and not attached:
            texts.append(decode_part(part))
        elif kind == "text/html" and not attached:
            htmls.append(decode_part(part))
        elif not kind.startswith("message/") and kind != "text/rfc822-headers":
            content = _payload(part)
            files.append(File(name or f"unnamed.{kind.rsplit('/', 1)[-1]}", kind[:120], content))
    return "\n".join(texts), "\n".join(htmls), files


def _filename(part: Mime) -> str:
    try:
        name = part.get_filename() or ""
        decoded = str(make_header(decode_header(name))) if name else ""
    except (*UNREADABLE, TypeError):
        return "unreadable-name"
    return clean(decoded).replace("/", "_").replace("\\", "_")[:255]


def _payload(part: Mime) -> bytes:
    try:
        return cast(bytes, part.get_payload(decode=True) or b"")
    except (ValueError, AssertionError):
        return str(getattr(part, "_payload", "")).encode("utf-8", "replace")


def decode_part(part: Mime) -> str:
    """A part's text by the charset it names, or by the one it must be; storable."""
    raw = _payload(part)
    declared: Any = part.get_content_charset()
    for charset in (declared, "utf-8", "cp1252"):
        if not charset or charset in {"utf-7", "unicode-1-1-utf-7"}:
            continue
        try:
            return clean(raw.decode(charset))
        except (LookupError, UnicodeError, ValueError):
            continue
    return clean(raw.decode("latin-1"))
