"""Measures an engine on labelled replies: predicts every case first, then compares. Pure."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from crm.categories.catalogue import load_catalogue
from quotes.extraction.case import QuoteReading, ReplyCase

SCALARS = (
    "kind", "price", "price_high", "currency", "price_basis", "includes_tax", "availability",
    "expiration_date", "deposit",
)  # fmt: skip
Engine = Callable[[ReplyCase], QuoteReading]


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
    request = data.get("request") or {}
    return ReplyCase(
        schema=load_catalogue().get(data.get("category") or ""),
        constraints=dict(request.get("constraints") or {}),
        received_at=datetime.fromisoformat(data["received_at"]),
        subject=data.get("subject") or "",
        text=data.get("text") or "",
        html=data.get("html"),
        sender=data.get("from") or "",
        expected_fields=tuple(request.get("expected_fields") or ()),
    )


def to_prediction(reading: QuoteReading) -> dict[str, Any]:
    """A reading in the shape of a case's truth, plus evidence."""
    return {
        "kind": reading.kind,
        "price": _money(reading.price),
        "price_high": _money(reading.price_high),
        "currency": reading.currency,
        "price_basis": reading.price_basis,
        "includes_tax": reading.includes_tax,
        "extras": [
            {
                "label": extra.label,
                "amount": _money(extra.amount),
                "percent": _number(extra.percent),
            }
            for extra in reading.extras
        ],
        "options": [{"label": o.label, "price": _money(o.price)} for o in reading.options],
        "availability": reading.availability,
        "expiration_date": reading.expiration_date.isoformat() if reading.expiration_date else None,
        "deposit": reading.deposit,
        "fields": reading.fields,
        "evidence": {name: e.as_data() for name, e in reading.evidence.items()},
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


@dataclass(slots=True)
class Score:
    """Right out of asked, per field; `misses` are (case id, field, truth, predicted)."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    misses: list[tuple[str, str, Any, Any]] = field(default_factory=list)

    def count(self, case: str, name: str, truth: Any, predicted: Any, ok: bool) -> None:
        self.asked[name] = self.asked.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + ok
        if not ok:
            self.misses.append((case, name, truth, predicted))

    def rate(self, name: str) -> float:
        return self.right.get(name, 0) / self.asked[name] if self.asked.get(name) else 1.0


def compare(case: dict[str, Any], prediction: dict[str, Any], score: Score) -> None:
    """Count one prediction against its truth."""
    truth, name = case["truth"], str(case.get("id"))
    for column in SCALARS:
        predicted = prediction[column]
        score.count(name, column, truth.get(column), predicted, same(truth.get(column), predicted))
    for field_name, value in (truth.get("fields") or {}).items():
        predicted = prediction["fields"].get(field_name)
        score.count(name, "fields", f"{field_name}={value}", predicted, same(value, predicted))
    extra = set(prediction["fields"]) - set(truth.get("fields") or {})
    for field_name in extra:
        predicted = prediction["fields"][field_name]
        score.count(name, "fields_not_invented", f"{field_name}=None", predicted, False)
    for _kept in truth.get("fields") or {}:
        score.count(name, "fields_not_invented", None, None, True)
    for key in ("extras", "options"):
        wanted = sorted(_key(item) for item in truth.get(key) or [])
        given = sorted(_key(item) for item in prediction[key])
        score.count(name, key, truth.get(key), prediction[key], wanted == given)


def _key(item: dict[str, Any]) -> str:
    figure = item.get("price") or item.get("amount") or item.get("percent")
    return "" if figure in (None, "") else f"{Decimal(str(figure)):.4f}"


def same(truth: Any, predicted: Any) -> bool:
    """Equal as values: 2400 and "2400.00", "GIA 12" and "gia  12"."""
    if truth is None or predicted is None:
        return truth is predicted
    if isinstance(truth, bool) or isinstance(predicted, bool):
        return truth is predicted
    try:
        return Decimal(str(truth)) == Decimal(str(predicted))
    except InvalidOperation:
        return _plain(truth) == _plain(predicted)


def _plain(value: Any) -> str:
    return re.sub(r"\W+", " ", str(value).casefold()).strip()


def evidence_holds(case: dict[str, Any], prediction: dict[str, Any], body: str) -> tuple[int, int]:
    """How many evidence spans stand verbatim in their source, of how many."""
    sources = {"subject": case.get("subject") or "", "body": body}
    spans = prediction["evidence"].values()
    good = sum(
        1
        for span in spans
        if span["text"].strip()
        and sources[span["source"]][span["start"] : span["end"]] == span["text"]
    )
    return good, len(spans)
