"""A mail as the bytes that go over the wire: what Django would write, with less work. Pure.

Nearly all our mail is one plain text, and the tree of parts that the library builds, fills and
walks for it costs more than all the rest of a hand-over. Such a mail is written line by line.
"""

import re
from email.message import Message as MimeMessage
from email.policy import Compat32

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT, forbid_multi_line_headers

LONGEST_UNFOLDED = 76  # from where the library begins to think about folding
LINE_END = re.compile(r"\r\n|\r|\n")
# What must be there already: Django would make it up.
STAMPED = frozenset({"date", "message-id"})
# Django leaves these names to the mail's own fields.
OWN = frozenset({"from", "to", "cc", "reply-to"})
SINGLE_IDS = frozenset({"Message-ID", "In-Reply-To"})


class ShortHeaderPolicy(Compat32):
    """Django's policy; a header that fits one ASCII line is written as it stands.

    The folding machinery costs more than the rest of the message and would change nothing here.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as bytes, line ending included."""
        return _unfolded(name, value) or super().fold_binary(name, value)


def wire_form(mail: EmailMessage) -> bytes:
    """The mail's bytes with CRLF line ends; ValueError for a header that would break out."""
    if _is_one_text(mail) and (text := _text(str(mail.body))) is not None:
        return b"".join([*_head(mail, seven_bit=text.isascii()), b"\r\n", text])
    tree: MimeMessage = mail.message()
    tree.policy = POLICY  # type: ignore[assignment]
    return tree.as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def _is_one_text(mail: EmailMessage) -> bool:
    """Whether a plain text and its headers are all there is."""
    names = {name.lower() for name in mail.extra_headers}
    return (
        not mail.attachments
        and not getattr(mail, "alternatives", None)
        and not mail.cc
        and mail.content_subtype == "plain"
        and (mail.encoding or settings.DEFAULT_CHARSET) == "utf-8"
        and names >= STAMPED
        and not names & OWN
    )


def _text(body: str) -> bytes | None:
    """The text in UTF-8; None where a line is too long to go as it is, or no text at all."""
    try:
        text = LINE_END.sub("\r\n", body).encode()
    except UnicodeEncodeError:
        return None
    lines = text.split(b"\r\n")
    return text if max(map(len, lines)) <= RFC5322_EMAIL_LINE_LENGTH_LIMIT else None


def _head(mail: EmailMessage, *, seven_bit: bool) -> list[bytes]:
    fields = [
        ("Content-Type", 'text/plain; charset="utf-8"'),
        ("MIME-Version", "1.0"),
        ("Content-Transfer-Encoding", "7bit" if seven_bit else "8bit"),
        ("Subject", mail.subject),
        ("From", mail.from_email),
    ]
    if mail.to:
        fields.append(("To", ", ".join(map(str, mail.to))))
    if mail.reply_to:
        fields.append(("Reply-To", ", ".join(map(str, mail.reply_to))))
    fields += mail.extra_headers.items()
    return [_field(name, str(value)) for name, value in fields]


def _field(name: str, value: str) -> bytes:
    if line := _unfolded(name, value):
        return line
    return POLICY.fold_binary(*forbid_multi_line_headers(name, value, "utf-8"))


def _unfolded(name: str, value: str) -> bytes | None:
    """The header on one line, if nothing in it has to be encoded and nothing be folded.

    An id is never folded: there are servers that take the first, empty line for all of it.
    """
    line = f"{name}: {value}"
    fits = len(line) <= LONGEST_UNFOLDED or (name in SINGLE_IDS and " " not in value)
    if fits and line.isascii() and line.isprintable() and value == value.strip():
        return line.encode("ascii") + b"\r\n"
    return None


POLICY = ShortHeaderPolicy(linesep="\r\n")
