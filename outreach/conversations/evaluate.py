"""Measures the reading of replies on labelled ones: predicts all, then compares. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from compliance.optout import Verdict
from outreach.conversations.case import ReplyCase, ReplyReading

FIELDS = (
    "intent", "sentiment", "opt_out", "meeting_requested", "referred_to", "defer_until", "escalate",
)  # fmt: skip


WARMING = ReplyCase(text="warm", received_at=datetime(2026, 1, 1, tzinfo=UTC))


class BadCaseError(ValueError):
    """A line of the file is no case; says which and why."""


def read_cases(lines: Iterable[str]) -> Iterator[tuple[dict[str, Any], BadCaseError | None]]:
    """Each line's case, or what is wrong with it; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            to_case(data)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield {}, BadCaseError(f"Line {number} is no case: {error!r}")
        else:
            yield data, None


def to_case(data: dict[str, Any]) -> ReplyCase:
    """The inputs of one case; never its truth."""
    return ReplyCase(
        text=data.get("text") or "",
        received_at=datetime.fromisoformat(data["received_at"]),
        subject=data.get("subject") or "",
        channel=data.get("channel") or "email",
        language=data.get("language") or "",
        context=data.get("context") or "",
        headers={str(k).lower(): str(v) for k, v in (data.get("headers") or {}).items()},
    )


def to_prediction(reading: ReplyReading) -> dict[str, Any]:
    """A reading in the shape of a case's truth, plus evidence and the verdict on the opt-out."""
    return {
        "intent": str(reading.intent),
        "sentiment": reading.sentiment,
        "opt_out": reading.opt_out,
        "meeting_requested": reading.meeting_requested,
        "referred_to": reading.referred_to,
        "defer_until": reading.defer_until.isoformat() if reading.defer_until else None,
        "escalate": reading.escalate,
        "opt_out_verdict": str(reading.opt_out_verdict),
        "sentiment_score": reading.score,
        "objection": reading.objection,
        "language": reading.language,
        "confidence": reading.confidence,
        "evidence": {name: words.as_data() for name, words in reading.evidence.items()},
    }


@dataclass(slots=True)
class Score:
    """Right out of asked per field, and what of the yes-or-no fields was found or invented."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    misses: list[tuple[str, str, Any, Any]] = field(default_factory=list)
    wanted: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    invented: dict[str, int] = field(default_factory=dict)
    held: int = 0  # opt-outs nobody asked for, held for a person

    def rate(self, name: str) -> float:
        return self.right.get(name, 0) / self.asked[name] if self.asked.get(name) else 1.0

    def recall(self, name: str) -> float:
        return self.found.get(name, 0) / self.wanted[name] if self.wanted.get(name) else 1.0

    def precision(self, name: str) -> float:
        said = self.found.get(name, 0) + self.invented.get(name, 0)
        return self.found.get(name, 0) / said if said else 1.0


def judge(read: list[tuple[dict[str, Any], ReplyReading]]) -> dict[str, Any]:
    """Accuracy per field over the cases with a truth; recall and precision of yes-or-no ones."""
    score, good, spans = Score(), 0, 0
    for case, reading in read:
        prediction = to_prediction(reading)
        held, asked = evidence_holds(case, prediction)
        good, spans = good + held, spans + asked
        if "truth" in case:
            compare(case, prediction, score)
    fields = {
        name: {"right": score.right[name], "of": score.asked[name], "rate": score.rate(name)}
        for name in score.asked
    }
    found = {
        name: {
            "wanted": score.wanted[name], "found": score.found[name],
            "invented": score.invented[name],
            "recall": score.recall(name), "precision": score.precision(name),
        }
        for name in score.wanted
    }  # fmt: skip
    return {
        "cases": len(read),
        "fields": fields,
        "found": found,
        "held_without_wish": score.held,
        "evidence": {"right": good, "of": spans, "rate": good / spans if spans else 1.0},
        "misses": [
            {"id": case, "field": name, "truth": truth, "predicted": predicted}
            for case, name, truth, predicted in score.misses
        ],
    }


def compare(case: dict[str, Any], prediction: dict[str, Any], score: Score) -> None:
    """Count one prediction; an opt-out held as ambiguous counts as found, never as wrong."""
    truth, name = case["truth"], str(case.get("id"))
    held = prediction["opt_out_verdict"] == str(Verdict.AMBIGUOUS)
    for column in FIELDS:
        wanted, given = truth.get(column), prediction[column]
        ok = _same(wanted, given) or (column == "opt_out" and held)
        score.asked[column] = score.asked.get(column, 0) + 1
        score.right[column] = score.right.get(column, 0) + ok
        if not ok:
            score.misses.append((name, column, wanted, given))
    for column in ("opt_out", "escalate", "meeting_requested"):
        wanted, given = bool(truth.get(column)), bool(prediction[column])
        counted = held and column == "opt_out"
        score.wanted[column] = score.wanted.get(column, 0) + wanted
        score.found[column] = score.found.get(column, 0) + (wanted and (given or counted))
        invented = given and not wanted and not counted
        score.invented[column] = score.invented.get(column, 0) + invented
    score.held += held and not truth.get("opt_out")


def _same(truth: Any, predicted: Any) -> bool:
    if isinstance(truth, str) and isinstance(predicted, str):
        return " ".join(truth.split()).casefold() == " ".join(predicted.split()).casefold()
    return bool(truth == predicted)


def evidence_holds(case: dict[str, Any], prediction: dict[str, Any]) -> tuple[int, int]:
    """How many evidence spans stand verbatim in their source, of how many."""
    sources = {"subject": case.get("subject") or "", "text": case.get("text") or ""}
    spans = prediction["evidence"].values()
    good = sum(
        1
        for span in spans
        if span["text"].strip()
        and sources[span["source"]][span["start"] : span["end"]] == span["text"]
    )
    return good, len(spans)
