"""One mail over an open SMTP session, in the fewest steps Django's own message allows."""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from email.utils import parseaddr
from functools import lru_cache

from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address

from outreach.channels.talk import Talk
from outreach.channels.wire import wire_form

# RFC 5322 dot-atoms, which need neither quoting nor encoding.
PLAIN_ADDRESS = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.ASCII)
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


def hand_over(
    session: smtplib.SMTP, mail: EmailMessage, *, before_text: Callable[[], None]
) -> Talk[None]:
    """Send to the mail's only recipient; raises what smtplib's `sendmail` raises.

    `before_text` is called when the text begins to leave: from there on nobody can know whether
    the server took it, should the connection break.
    """
    (recipient,) = mail.recipients()
    text = wire_form(mail)
    session.ehlo_or_helo_if_needed()
    yield from _open_envelope(session, _address(mail.from_email), _address(recipient), len(text))
    before_text()
    end = b".\r\n" if text.endswith(b"\r\n") else b"\r\n.\r\n"
    session.send(LEADING_DOT.sub(b"..", text) + end)
    code, words = yield from _reply(session)
    if code != 250:
        _give_up(session, code)
        raise smtplib.SMTPDataError(code, words)


def _open_envelope(session: smtplib.SMTP, sender: str, recipient: str, size: int) -> Talk[None]:
    """Name sender and recipient and ask to send the text.

    A server that announces PIPELINING (RFC 2920) gets the three commands at once, which saves two
    of four round trips; its answers come together too.
    """
    options = f" SIZE={size}" if session.has_extn("size") else ""
    commands = (f"MAIL FROM:<{sender}>{options}", f"RCPT TO:<{recipient}>", "DATA")
    at_once = session.has_extn("pipelining")
    if at_once:
        session.send("\r\n".join((*commands, "")))
    replies: list[tuple[int, bytes]] = []
    for command, wanted in zip(commands, ((250,), (250, 251), (354,)), strict=True):
        if not at_once:
            session.putcmd(command)
        waits = not (at_once and replies)
        replies.append((yield from _reply(session)) if waits else session.getreply())
        if replies[-1][0] not in wanted and not at_once:
            break
    (mail_code, mail_words), *rest = replies
    last = replies[-1][0]
    if mail_code == 250 and len(rest) == 2 and rest[0][0] in (250, 251) and last == 354:
        return
    if last == 354:
        # It said "go on" all the same: an empty text to nobody ends the exchange.
        session.send(".\r\n")
        session.getreply()
    _give_up(session, 421 if any(code == 421 for code, _words in replies) else last)
    if mail_code != 250:
        raise smtplib.SMTPSenderRefused(mail_code, mail_words, sender)
    if rest[0][0] not in (250, 251):
        raise smtplib.SMTPRecipientsRefused({recipient: rest[0]})
    raise smtplib.SMTPDataError(*rest[1])


def _reply(session: smtplib.SMTP) -> Talk[tuple[int, bytes]]:
    """The server's next answer, read once it comes."""
    assert session.sock is not None
    yield session.sock
    return session.getreply()


def _give_up(session: smtplib.SMTP, code: int) -> None:
    """Leave the session clean for the next mail, or closed where the server closes it."""
    if code == 421:
        session.close()
    else:
        with suppress(smtplib.SMTPServerDisconnected):
            session.rset()


@lru_cache(maxsize=1024)
def _address(address: str) -> str:
    """The bare address in the form an envelope takes."""
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    return parseaddr(sanitize_address(address, "utf-8"))[1]
