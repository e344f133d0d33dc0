"""Explains what the gate would say to a message that nobody has written yet. Sends nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from compliance import gate
from compliance.choices import AddressKind
from compliance.gate import Verdict
from compliance.line_types import in_words
from compliance.outbound import Outbound
from compliance.sms_text import count_text
from compliance.zones import Whereabouts


@dataclass(frozen=True, slots=True)
class Forecast:
    """The question, the verdict, and what it rests on."""

    outbound: Outbound
    verdict: Verdict
    where: Whereabouts
    segments: int | None = None

    @property
    def line(self) -> str:
        """What the number is and what follows from it; "" for what is no number."""
        asked = self.outbound
        phone = asked.address_kind == AddressKind.PHONE
        return in_words(asked.to, asked.line_type) if phone else ""

    def as_data(self) -> dict[str, Any]:
        """For programs: plain values, times in ISO 8601."""
        at, verdict = self.outbound.at, self.verdict
        return {
            "channel": self.outbound.channel,
            "to": self.outbound.to,
            "purpose": self.outbound.purpose,
            "at": at.isoformat(),
            "decision": str(verdict.decision),
            "allowed": verdict.allowed,
            "reasons": list(verdict.reasons),
            "not_before": _iso(verdict.time),
            "deadline": _iso(verdict.deadline),
            "jurisdictions": sorted(self.where.jurisdictions),
            "local_times": {
                zone: at.astimezone(ZoneInfo(zone)).isoformat() for zone in sorted(self.where.zones)
            },
            "unsure": self.where.unsure,
            "line": self.line,
            "segments": self.segments,
        }


def forecast(outbound: Outbound) -> Forecast:
    """Ask the gate about an outbound that stands nowhere."""
    counted = outbound.channel == "sms" and outbound.worded
    segments = count_text(outbound.body).segments if counted else None
    return Forecast(outbound, gate.check(outbound), outbound.whereabouts, segments)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
