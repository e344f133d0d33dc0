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
    automatic = LISTS["automatic subject"].search(title.text)
    away_title = LISTS["absence subject"].search(title.text)
    returned = LISTS["bounce subject"].search(title.text)
    bounced = LISTS["bounce"].search(words.text)
    waits = LISTS["delayed"].search(words.text) or LISTS["delayed"].search(title.text)
    announced = LISTS["delayed"].search(title.text) and not replied
    if waits and (returned or bounced or declared or announced):
        return _machine(Intent.AUTO_REPLY, waits, certain=True)
    if returned and not replied:
        return Machine(Intent.BOUNCE, True, "subject", returned.start(), returned.end())
    away = LISTS["absence"].search(words.text)
    if automatic or away_title or declared:
        if away:
            return _machine(Intent.OUT_OF_OFFICE, away, certain=True)
        if away_title:
            return Machine(
                Intent.OUT_OF_OFFICE, True, "subject", away_title.start(), away_title.end()
            )
        if bounced and not automatic:
            return _machine(Intent.BOUNCE, bounced, certain=True)
        if automatic:
            return Machine(Intent.AUTO_REPLY, True, "subject", automatic.start(), automatic.end())
        return Machine(Intent.AUTO_REPLY, True)
    if bounced:
        return _machine(Intent.BOUNCE, bounced, certain=False)
    receipt = LISTS["receipt"].search(words.text)
    stated = LISTS["absence stated"].search(words.text)
    if stated and (channel == "email" or receipt):
        return _machine(Intent.OUT_OF_OFFICE, stated, certain=False)
    ticket = LISTS["ticket subject"].search(title.text)
    if receipt:
        return _machine(Intent.AUTO_REPLY, receipt, certain=False)
    if ticket and not replied:
        return Machine(Intent.AUTO_REPLY, False, "subject", ticket.start(), ticket.end())
    return None


def _machine(intent: Intent, match: re.Match[str], *, certain: bool) -> Machine:
    return Machine(intent, certain, "text", match.start(), match.end())


def _declared(headers: Mapping[str, str]) -> bool:
    """RFC 3834: auto-replied; the older names mean the same. "auto-generated" alone does not."""
    if headers.get("auto-submitted", "").split(";")[0].strip().lower() == "auto-replied":
        return True
    older = ("x-autoreply", "x-autorespond")
    return any(headers.get(name, "no").strip().lower() not in {"", "no"} for name in older) or (
        headers.get("precedence", "").strip().lower() == "auto_reply"
    )
