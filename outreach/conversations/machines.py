"""Tells from subject, headers and words that a machine wrote: a bounce, an absence, a receipt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from outreach.conversations.case import Intent
from outreach.conversations.plain import Plain, plain
from outreach.conversations.tables import read_lists


@dataclass(frozen=True, slots=True)
class Machine:
    """Which machine, and the words: [start, end) in "subject" or "text" (plain text offsets)."""

    intent: Intent
    certain: bool
    source: str = "text"
    start: int = 0
    end: int = 0


LISTS = read_lists(Path(__file__).parent / "words" / "machines.txt")


def read_machine(
    subject: str, words: Plain, headers: Mapping[str, str], channel: str
) -> Machine | None:
    """The machine that wrote this, or None for a person.

    `certain`: by a header or subject that only machines write (RFC 3834, 3464), so that no wish
    is read into the words; otherwise a clear wish in them is still heard.
    """
    title = plain(subject)
    replied = bool(re.match(r"(?:re|fw|fwd|rv|aw|отв)\s?:", title.text))
    declared = _declared(headers)
    returned = LISTS["bounce subject"].search(title.text)
    bounced = LISTS["bounce"].search(words.text)
    waits = LISTS["delayed"].search(words.text) or LISTS["delayed"].search(title.text)
    announced = LISTS["delayed"].search(title.text) and not replied
    if waits and (returned or bounced or declared or announced):
        return _in_text(Intent.AUTO_REPLY, waits, certain=True)
    if returned and not replied:
        return _in_subject(Intent.BOUNCE, returned, certain=True)
    automatic = LISTS["automatic subject"].search(title.text)
    away = LISTS["absence subject"].search(title.text)
    if automatic or away or declared:
        return _by_form(words, automatic=automatic, away=away, bounced=bounced)
    if bounced:
        return _in_text(Intent.BOUNCE, bounced, certain=False)
    return _by_words(title, words, channel, replied=replied)


def _by_form(
    words: Plain,
    *,
    automatic: re.Match[str] | None,
    away: re.Match[str] | None,
    bounced: re.Match[str] | None,
) -> Machine:
    """What a subject or header that only machines write announces."""
    if absent := LISTS["absence"].search(words.text):
        return _in_text(Intent.OUT_OF_OFFICE, absent, certain=True)
    if away:
        return _in_subject(Intent.OUT_OF_OFFICE, away, certain=True)
    if automatic:
        return _in_subject(Intent.AUTO_REPLY, automatic, certain=True)
    if bounced:
        return _in_text(Intent.BOUNCE, bounced, certain=True)
    return Machine(Intent.AUTO_REPLY, True)


def _by_words(title: Plain, words: Plain, channel: str, *, replied: bool) -> Machine | None:
    """Where nothing declares a machine: its way of speaking."""
    receipt = LISTS["receipt"].search(words.text)
    stated = LISTS["absence stated"].search(words.text)
    if stated and (channel == "email" or receipt):
        return _in_text(Intent.OUT_OF_OFFICE, stated, certain=False)
    if receipt:
        return _in_text(Intent.AUTO_REPLY, receipt, certain=False)
    ticket = LISTS["ticket subject"].search(title.text)
    return _in_subject(Intent.AUTO_REPLY, ticket, certain=False) if ticket and not replied else None


def _in_text(intent: Intent, match: re.Match[str], *, certain: bool) -> Machine:
    return Machine(intent, certain, "text", match.start(), match.end())


def _in_subject(intent: Intent, match: re.Match[str], *, certain: bool) -> Machine:
    return Machine(intent, certain, "subject", match.start(), match.end())


def _declared(headers: Mapping[str, str]) -> bool:
    """RFC 3834: auto-replied; the older names mean the same. "auto-generated" alone does not."""
    if headers.get("auto-submitted", "").split(";")[0].strip().lower() == "auto-replied":
        return True
    older = ("x-autoreply", "x-autorespond")
    return any(headers.get(name, "no").strip().lower() not in {"", "no"} for name in older) or (
        headers.get("precedence", "").strip().lower() == "auto_reply"
    )
