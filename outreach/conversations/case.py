"""What goes into the reading of a reply and what comes out, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from compliance.optout import Verdict


class Intent(StrEnum):
    """What a reply wants, or which machine wrote it."""

    INTERESTED = "interested"
    QUESTION = "question"
    NOT_INTERESTED = "not_interested"
    DEFERRAL = "deferral"
    REFERRAL = "referral"
    WRONG_PERSON = "wrong_person"
    OPT_OUT = "opt_out"
    COMPLAINT = "complaint"
    OUT_OF_OFFICE = "out_of_office"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    UNKNOWN = "unknown"


MACHINES = frozenset({Intent.OUT_OF_OFFICE, Intent.AUTO_REPLY, Intent.BOUNCE})


@dataclass(frozen=True, slots=True)
class ReplyCase:
    """One reply as it came; `received_at` is aware, `channel` is "email" or "sms".

    `context` says what was sent to whom; `headers` are the mail's, names in lower case; `whole` is
    the mail as it came, where `text` has the quoted part of it blanked.
    """

    text: str
    received_at: datetime
    subject: str = ""
    channel: str = "email"
    language: str = ""
    context: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words exactly as they stand in `source` ("subject" or "text") at [start, end)."""

    text: str
    start: int
    end: int
    source: str = "text"

    def as_data(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end, "source": self.source}


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """What one reply says; None is "not said". `score` is −1 (angry) to 1 (glad).

    `objection` is price, timing, provider, need, trust or authority. A `confidence` below a half
    means that a person should look.
    """

    intent: Intent
    sentiment: str
    score: float
    opt_out: bool
    opt_out_verdict: Verdict
    meeting_requested: bool
    referred_to: str | None
    defer_until: date | None
    objection: str | None
    escalate: bool
    language: str
    confidence: float
    evidence: dict[str, Evidence]
