"""Why a server refused, from its status code and its words: the tables beside this file. Pure."""

import csv
import re
from functools import cache

from outreach.inbound.notices.forms import TABLES, phrases, plain
from outreach.inbound.notices.reading import UNDETERMINED, Cause, Hardness, Pauses

STATUS = re.compile(r"(?<![\d.])#?([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
CODE = re.compile(
    r"(?<![\d.:/-])([245]\d\d)(?=[ -])(?! (?:days?|hours?|minutes?|seconds?|bytes|[kmg]b)\b)"
)
SAYS_NOTHING = re.compile(r"^[245]\.[05]\.0$")
MOST = 4_000


@cache
def causes() -> dict[str, Cause]:
    """Every cause by name."""
    return {
        row["cause"]: Cause(
            row["cause"], Hardness(row["hardness"]), Pauses(row["pauses"]), row["meaning"]
        )
        for row in _rows("causes.csv")
    }


def cause_of_status(status: str) -> Cause | None:
    """What an enhanced status code (RFC 3463) blames; None where it blames nothing."""
    if not re.fullmatch(r"[45]\.\d{1,3}\.\d{1,3}", status):
        return None
    level, subject, detail = status.split(".")
    for key in (status, f"x.{subject}.{detail}", f"{level}.{subject}.x", f"x.{subject}.x"):
        name = _statuses().get(key)
        if name:
            return causes()[name]
    return None


def cause_of_words(text: str) -> Cause | None:
    """What a server's words blame; None where they are none that we know."""
    words = plain(text[:MOST])
    for name, pattern in phrases():
        if pattern.search(words):
            return causes()[name]
    return None


def find_status(*texts: str) -> str:
    """The first status code in these texts that says something, else the first, else ""."""
    found = [status for text in texts for status in STATUS.findall(text[:MOST])]
    telling = [status for status in found if not SAYS_NOTHING.match(status)]
    return (telling or found or [""])[0]


def judge(status: str, said: str, notice: str = "") -> Cause:
    """Why one delivery failed, from its status, the server's words and the notice around them.

    The server's words come first: many send 5.7.1 for an unknown user, or 5.1.1 for a full
    mailbox. A temporary refusal never makes an address dead, whatever the words.
    """
    code = CODE.search(said)
    status = find_status(said) if SAYS_NOTHING.match(status) or not status else status
    by_words = cause_of_words(said) if said else None
    found = _surer(by_words, cause_of_status(status), status)
    if found is None and notice:
        found = cause_of_words(notice) or cause_of_status(find_status(notice))
    if found is None:
        return causes()[UNDETERMINED]
    temporary = code.group(1).startswith("4") if code else status.startswith("4")
    if temporary and found.hardness is Hardness.HARD:
        return causes()[UNDETERMINED]
    return found


# What words of these causes say is so general that a telling status knows better.
_GENERAL = frozenset({"policy", "system", "content", "unreachable", "spam"})
_VAGUE = frozenset({UNDETERMINED, "protocol", "system"})


def _surer(by_words: Cause | None, by_status: Cause | None, status: str) -> Cause | None:
    if by_words is None or by_status is None:
        return by_words or by_status
    if by_status.name == "sender_refused":
        return by_status  # "invalid address" is then ours
    if by_words.name in _GENERAL and by_status.name not in _VAGUE:
        # x.7.1 and its like only say "refused"; the words then say why.
        return by_words if by_status.name == "policy" else by_status
    return by_words


@cache
def _statuses() -> dict[str, str]:
    return {row["status"]: row["cause"] for row in _rows("statuses.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
