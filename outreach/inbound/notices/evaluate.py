"""Reads a folder of raw messages as `manage.py evaluate bounces` prints them, and compares."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from outreach.inbound.notices.read import read_notice
from outreach.inbound.notices.reading import Delivery, Reading

NO_MAIL = frozenset({".json", ".jsonl", ".csv", ".tsv", ".md", ".py", ".gitignore"})
COMPARED = ("kind", "hardness", "recipient", "return_on", "stand_in", "status")
SHAPE = """Print a JSON object a line for every raw message (RFC 5322) below FOLDER.

\b
file        its path; .json, .jsonl, .csv, .tsv and .md are passed over
kind        bounce | delayed | delivered | complaint | out_of_office |
            auto_reply | ticket | challenge | reply | unknown
form        finer: "delivery report", "notice in words", "absence",
            "gone" (left for good), "read receipt", "list moderation", ...
hardness    of a bounce: hard (the address is dead) | soft (not now) |
            policy (refused because of us or of what we sent); else null
cause       of a bounce: no_such_user, full, blocklist, ...; else null
recipient   whom a bounce, delay or delivery is about, or who complained
recipients  where several are named: recipient, kind, hardness, status
status      enhanced status code (RFC 3463) such as 5.1.1, or null
reason      in words: what it means and what the server or mail said
return_on   the day an absence names as return or as its last day
stand_in    e-mail address (else phone number) of whom to ask instead
stand_in_name  their name

A delay is a warning and no bounce. A read receipt, a mailing list's
answer and a DMARC report are auto_reply. Unknown is a program's mail
that tells nothing. What is not known is null."""


def paths_of(folder: Path) -> list[Path]:
    """The files of raw messages, sorted by path. Raises OSError where there is no such folder."""
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder")
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.suffix.lower() not in NO_MAIL)


def read_folder(folder: Path, today: date) -> Iterator[dict[str, Any]]:
    """A line a message, in the shape that `SHAPE` tells; each file is read for itself."""
    for path in paths_of(folder):
        name = path.relative_to(folder).as_posix()
        yield {"file": name, **line_of(read_notice(path.read_bytes(), today=today))}


def line_of(reading: Reading) -> dict[str, Any]:
    """One reading as plain values; what is not known is null."""
    worst, absence = reading.worst, reading.absence
    several = reading.deliveries if len(reading.deliveries) > 1 else ()
    return {
        "kind": reading.kind.value,
        "form": reading.form,
        "hardness": reading.hardness.value if reading.hardness else None,
        "cause": worst.cause.name if worst and worst.cause else None,
        "recipient": reading.recipient or None,
        "recipients": [_one(delivery) for delivery in several],
        "status": (worst.status or None) if worst else None,
        "reason": reading.reason,
        "return_on": absence.return_on.isoformat() if absence and absence.return_on else None,
        "stand_in": (absence.stand_in or None) if absence else None,
        "stand_in_name": (absence.stand_in_name or None) if absence else None,
    }


def _one(delivery: Delivery) -> dict[str, Any]:
    return {
        "recipient": delivery.recipient or None,
        "kind": delivery.kind.value,
        "hardness": delivery.hardness.value if delivery.hardness else None,
        "status": delivery.status or None,
    }


def compare_readings(found: Iterable[dict[str, Any]], truths: Sequence[str]) -> dict[str, Any]:
    """How often each field a truth names was read right, and every miss; by file name."""
    lines = {line["file"]: line for line in found}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    misses: list[dict[str, Any]] = []
    for truth in (json.loads(line) for line in truths if line.strip()):
        line = lines.get(truth["file"])
        for name in COMPARED if line else ():
            if name not in truth:
                continue
            asked[name] += 1
            right[name] += line[name] == truth[name]  # type: ignore[index]
            if line[name] != truth[name]:  # type: ignore[index]
                miss = {"file": truth["file"], "field": name, "truth": truth[name]}
                misses.append(miss | {"read": line[name]})  # type: ignore[index]
    rates = {
        name: {"right": right[name], "of": asked[name], "rate": right[name] / asked[name]}
        for name in asked
    }
    return {"messages": len(lines), "fields": rates, "misses": misses}
