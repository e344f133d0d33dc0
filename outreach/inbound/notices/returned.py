"""Reads notices that only tell in words that mail was not delivered: qmail, Exim, webmailers."""

import logging
import re
from email import message_from_bytes

from flufl.bounce import scan_message

from outreach.inbound.notices import recipients
from outreach.inbound.notices.forms import plain, says
from outreach.inbound.notices.opened import Opened
from outreach.inbound.notices.reading import Delivery, Kind
from outreach.inbound.notices.reports import worst_first
from outreach.inbound.notices.severity import CODE, find_status, judge

# It tells every oddity of a mail as an error of its own.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)
MARKS = ("x-failed-recipients", "x-ms-exchange-message-is-ndr", "x-mailer-daemon-error")


def comes_from_daemon(opened: Opened) -> bool:
    """Whether the sender is a mail system: by its address, its name, or marks only these set."""
    return bool(
        says("daemon address", opened.sender)
        or says("daemon name", plain(opened.headers.get("from", "")))
        or any(name in opened.headers for name in MARKS)
    )


def is_notice(opened: Opened, *, automatic: bool) -> bool:
    """Whether a mail without report fields tells of mail that was not, or not yet, delivered.

    `automatic`: the headers say that no person wrote it. A person who quotes a notice is none.
    """
    if says("automatic subject", opened.subject):
        return False
    titled = bool(
        says("bounce subject", opened.subject)
        or says("delayed subject", opened.subject)
        or says("delivered subject", opened.subject)
    )
    told = bool(says("bounce text", opened.words) or says("delayed text", opened.words))
    if comes_from_daemon(opened):
        coded = CODE.search(opened.words) or find_status(opened.words)
        alone = says("never a person", opened.sender) and (coded or opened.returned)
        return titled or told or "x-failed-recipients" in opened.headers or bool(alone)
    if automatic:
        return titled and told
    # No mark of a machine at all: the mail itself must look like a notice.
    if titled and find_status(opened.words) and not says("personal words", opened.words):
        return True
    return titled and told and bool(opened.returned or recipients.lines(opened))


def read_words(opened: Opened, raw: bytes) -> list[Delivery]:
    """One delivery a recipient, the worst first; one without a recipient where nobody is named."""
    kind = _kind(opened)
    told = recipients.lines(opened)
    failed = recipients.failed_header(opened)
    if failed:
        told = [(address, said) for address, said in told if address in failed]
        told += [(address, "") for address in failed if address not in dict(told)]
    if not told:
        one = (
            recipients.verp(opened)
            or recipients.returned_to(opened)
            or recipients.anywhere(opened)
            or _by_flufl(raw, opened)
            or recipients.original_to(opened)
        )
        told = [(one, "")]
    return worst_first([_delivery(kind, address, said, opened) for address, said in told])


def _kind(opened: Opened) -> Kind:
    if says("delivered subject", opened.subject):
        return Kind.DELIVERED
    if says("delayed subject", opened.subject):
        return Kind.DELAYED
    if says("delayed text", opened.words) and not says("given up", opened.words):
        return Kind.DELAYED
    done = says("delivered text", opened.words)
    return Kind.DELIVERED if done and not says("bounce text", opened.words) else Kind.BOUNCE


def _delivery(kind: Kind, recipient: str, about: str, opened: Opened) -> Delivery:
    said = server_words(about) or server_words(opened.text)
    status = find_status(said, about, opened.text)
    cause = judge(status, said or plain(about), opened.words) if kind is Kind.BOUNCE else None
    return Delivery(kind, recipient, status, said or plain(about)[:300], cause)


def server_words(text: str) -> str:
    """From the first SMTP answer that refuses (4xx, 5xx) to the end of its paragraph."""
    for paragraph in re.split(r"\n\s*\n", text):
        flat = plain(paragraph)
        found = [match for match in CODE.finditer(flat) if match.group(1)[0] in "45"]
        if found:
            return flat[found[0].start() :][:500]
    return ""


def _by_flufl(raw: bytes, opened: Opened) -> str:
    """flufl knows forms of long-gone systems; it raises on some mail, and tells no hardness."""
    try:
        ascii_only = raw.decode("ascii", "replace").encode("ascii", "replace")
        temporary, permanent = scan_message(message_from_bytes(ascii_only))
        found = [bytes(one).decode("ascii", "replace").lower() for one in {*permanent, *temporary}]
    except Exception:
        return ""
    return next(
        (one for one in sorted(found) if "@" in one and one not in recipients.ours(opened)), ""
    )
