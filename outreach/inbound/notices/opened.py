"""Opens a raw mail into what a notice says itself and what it carries: reports, returned mail."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message as Mime
from email.utils import getaddresses

from outreach.inbound.notices.forms import plain, says
from outreach.inbound.parse import ParsedMail, decode_part, parse_mail, read_header
from outreach.inbound.render_html import render_html

ADDRESS = re.compile(r"[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
MOST = 100_000
DEEPEST = 12
REPORTS = {
    "message/delivery-status": "delivery",
    "message/global-delivery-status": "delivery",
    "message/feedback-report": "feedback",
    "message/disposition-notification": "disposition",
    "message/global-disposition-notification": "disposition",
}
RETURNED = frozenset(
    {
        "message/rfc822", "message/global", "message/partial",
        "text/rfc822-headers", "message/global-headers",
    }
)  # fmt: skip
NAME = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)$")


@dataclass(slots=True)
class Opened:
    """`text`: the notice's own words; `returned`: the mail it gives back; `reports`: by kind."""

    mail: ParsedMail
    headers: dict[str, str]
    text: str = ""
    returned: str = ""
    reports: dict[str, str] = field(default_factory=dict)
    calendar: str = ""

    @property
    def words(self) -> str:
        """The notice's own words as the tables of forms want them."""
        return plain(self.text)

    @property
    def subject(self) -> str:
        return plain(self.mail.subject)

    @property
    def sender(self) -> str:
        """The sender's address, or what stands there instead of one ("MAILER-DAEMON")."""
        raw = self.headers.get("from", "")
        return self.mail.from_email or raw.strip(" <>\"'").lower()

    def addressed(self) -> list[str]:
        """Whom the notice itself was sent to: us."""
        names = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "cc")
        found = getaddresses([self.headers.get(name, "") for name in names])
        return [address.lower() for _name, address in found if "@" in address]


def open_mail(raw: bytes) -> Opened:
    """Open raw bytes; never raises: what cannot be read is left out."""
    mime = message_from_bytes(raw, policy=policy.compat32)
    headers: dict[str, str] = {}
    for name in dict.fromkeys(key.lower() for key in mime):
        headers[name] = read_header(mime, name)
    opened = Opened(parse_mail(raw), headers)
    texts: list[str] = []
    pages: list[str] = []
    for part, depth in _parts(mime):
        if depth < DEEPEST:
            _take(part, opened, texts, pages)
    text = "\n".join(texts)
    if not text.strip() and pages:
        text = "\n".join(render_html(page[: MOST * 4]).text for page in pages)
    opened.text, cut = cut_off(text[:MOST])
    opened.returned = f"{opened.returned}\n{cut}".strip()
    return opened


def _parts(mime: Mime, depth: int = 0) -> Iterator[tuple[Mime, int]]:
    """Every leaf, without looking into returned mail."""
    kind = mime.get_content_type()
    if kind.startswith("multipart/") and mime.is_multipart() and depth < DEEPEST:
        for part in mime.get_payload():
            if isinstance(part, Mime):
                yield from _parts(part, depth + 1)
    else:
        yield mime, depth


def _take(part: Mime, opened: Opened, texts: list[str], pages: list[str]) -> None:
    kind = part.get_content_type()
    if kind in REPORTS:
        name = REPORTS[kind]
        opened.reports[name] = f"{opened.reports.get(name, '')}\n\n{_flat(part)}".strip()
    elif kind in RETURNED:
        opened.returned += "\n" + _flat(part)[:MOST]
    elif kind == "text/calendar":
        opened.calendar += decode_part(part)[:MOST]
    elif kind == "text/html":
        pages.append(_text(part))
    elif kind.startswith(("text/", "multipart/")):
        attached = part.get_content_disposition() == "attachment"
        if attached:
            opened.returned += "\n" + _text(part)[:MOST]
        else:
            texts.append(_text(part))


def _flat(part: Mime) -> str:
    """The text of a message/* part, whose fields the parser takes for headers."""
    blocks = part.get_payload() if part.is_multipart() else []
    if not blocks:
        return decode_part(part)
    written = "\n\n".join(_written(block) for block in blocks if isinstance(block, Mime))
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding in {"base64", "quoted-printable"}:
        return _decoded(written.strip(), encoding)
    return written


def _written(block: Mime) -> str:
    names = [f"{name}: {_unfolded(value)}" for name, value in block.items()]
    if block.is_multipart():
        parts = block.get_payload()
        body = "\n\n".join(_written(part) for part in parts if isinstance(part, Mime))
    else:
        body = decode_part(block)
    return "\n".join(names) + "\n\n" + body


def _unfolded(value: object) -> str:
    return " ".join(str(value).split())


def _decoded(text: str, encoding: str) -> str:
    try:
        data = text.encode("utf-8", "replace")
        raw = base64.b64decode(data) if encoding == "base64" else quopri.decodestring(data)
    except (binascii.Error, ValueError):
        return text
    return raw.decode("utf-8", "replace")


def _text(part: Mime) -> str:
    """A text part, also where its encoding or charset is not the one that it names."""
    text = decode_part(part)
    if not str(part.get("Content-Transfer-Encoding", "")).strip():
        squeezed = "".join(text.split())
        if (
            len(squeezed) > 80
            and len(squeezed) % 4 == 0
            and re.fullmatch(r"[\w+/]+={0,2}", squeezed)
        ):
            text = _decoded(squeezed, "base64")
        elif text.count("=\n") + len(re.findall(r"=[0-9A-F]{2}", text)) > 5:
            text = _decoded(text, "quoted-printable")
    return _cyrillic(text)


def _cyrillic(text: str) -> str:
    """Russian that was taken for Western European, as unlabelled mail often is."""
    letters = re.findall(r"[^\W\d_]", text)
    strange = sum("\xc0" <= letter <= "\xff" for letter in letters)
    if len(letters) < 10 or strange * 5 < len(letters) * 2:
        return text
    try:
        raw = text.encode("cp1252")
    except UnicodeEncodeError:
        return text
    readings = [raw.decode(charset, "replace") for charset in ("cp1251", "koi8-r")]
    return max(readings, key=lambda reading: len(re.findall(r"[а-яё]", reading)))


def cut_off(text: str) -> tuple[str, str]:
    """A notice's own words, and what follows the line where the returned mail begins."""
    at = 0
    for line in text.splitlines(keepends=True):
        words = plain(line)
        if words and at and says("original starts", words):
            return text[:at], text[at:]
        at += len(line)
    return text, ""


def fields(text: str) -> list[tuple[str, str]]:
    """Header-like fields of a text in order, unfolded; ("", "") stands for an empty line."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        match = NAME.match(line)
        if match:
            found.append((match.group(1).lower(), match.group(2).strip()))
        elif line[:1] in {" ", "\t"} and line.strip() and found and found[-1][0]:
            name, value = found[-1]
            found[-1] = (name, f"{value} {line.strip()}")
        elif not line.strip():
            found.append(("", ""))
    return found
