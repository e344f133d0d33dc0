"""The inputs of a quote, for logging one by hand and for correcting one that was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from crm.categories.schema import FieldSpec, FieldType
from outreach.models import Campaign
from outreach.reading.field_values import as_typed
from quotes.choices import PriceBasis, ReplyKind
from quotes.values import AVAILABILITY, QuoteValues
from quotes.written import write_extras, write_options

FIELD_PREFIX = "field-"
YES_NO = (("", "not said"), ("true", "yes"), ("false", "no"))


@dataclass(frozen=True, slots=True)
class Input:
    """One input: `name` as posted, `value_name` as evidence and problems know it."""

    name: str
    value_name: str
    label: str
    kind: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    problem: str = ""
    evidence: str = ""
    confidence: int | None = None
    wide: bool = False


_AVAILABILITY = (("", "not said"), *((one, one) for one in AVAILABILITY))
_BASIS = (("", "not said"), *PriceBasis.choices)
# name, label, kind of input, choices, hint, wide
_PLAIN: tuple[tuple[str, str, str, tuple[tuple[str, str], ...], str, bool], ...] = (
    ("kind", "Kind of answer", "select", tuple(ReplyKind.choices), "", False),
    ("price", "Price", "text", (), "The total for the request, before what comes on top.", False),
    ("price_high", "Up to", "text", (), "Only for a range.", False),
    ("currency", "Currency", "text", (), "Three letters, such as USD.", False),
    ("price_basis", "Priced", "select", _BASIS, "", False),
    ("includes_tax", "Tax included", "select", YES_NO, "", False),
    ("availability", "Availability", "select", _AVAILABILITY, "", False),
    ("expiration_date", "Valid until", "date", (), "", False),
    ("deposit", "Deposit", "text", (), "", False),
    ("extras", "Comes on top", "lines", (), "One a line: “VAT: 13%”, “Landing fee: 2,000”, “Fuel”.",
     True),
    ("options", "Options offered", "lines", (), "One a line: “King Air 350: 33,800”.", True),
    ("terms", "Terms", "lines", (), "", True),
)  # fmt: skip


def inputs_for(
    campaign: Campaign,
    values: QuoteValues,
    *,
    posted: QueryDict | None = None,
    problems: Mapping[str, str] | None = None,
    evidence: Mapping[str, Any] | None = None,
    confidence: Mapping[str, Any] | None = None,
) -> tuple[list[Input], list[Input]]:
    """The plain inputs and the category's, showing what was posted where something was."""
    problems, evidence, confidence = problems or {}, evidence or {}, confidence or {}
    shown = _shown(values)

    def make(name: str, value_name: str, **looks: Any) -> Input:
        span = evidence.get(value_name)
        sure = confidence.get(value_name)
        key = name.replace(FIELD_PREFIX, "fields.", 1) if name != value_name else name
        return Input(
            name=name,
            value_name=value_name,
            value=posted.get(name, "") if posted is not None else shown.get(name, ""),
            problem=problems.get(key, ""),
            evidence=str(span["text"]) if isinstance(span, Mapping) and span.get("text") else "",
            confidence=round(sure * 100) if isinstance(sure, int | float) else None,
            **looks,
        )

    plain = [
        make(name, name, label=label, kind=kind, choices=choices, hint=hint, wide=wide)
        for name, label, kind, choices, hint, wide in _PLAIN
    ]
    category = [
        make(f"{FIELD_PREFIX}{spec.name}", spec.name, label=spec.label, **_looks(spec))
        for spec in quote_fields(campaign)
    ]
    return plain, category


def read_posted(posted: QueryDict, campaign: Campaign) -> dict[str, Any]:
    """What was typed, by value name, as `check_values` takes it."""
    given: dict[str, Any] = {name: posted.get(name, "") for name, *_ in _PLAIN if name in posted}
    given["fields"] = {
        spec.name: posted.get(f"{FIELD_PREFIX}{spec.name}", "") for spec in quote_fields(campaign)
    }
    return given


def quote_fields(campaign: Campaign) -> Sequence[FieldSpec]:
    """The category fields an answer is read for."""
    request = campaign.request
    schema = request.category.schema if request and request.category else None
    return schema.used_in("quote") if schema else []


def _looks(spec: FieldSpec) -> dict[str, Any]:
    if spec.answer_type == FieldType.BOOLEAN:
        return {"kind": "select", "choices": YES_NO}
    if spec.answer_type == FieldType.CHOICE and spec.choices:
        return {"kind": "select", "choices": (("", "not said"), *((c, c) for c in spec.choices))}
    return {"kind": "text", "hint": spec.unit}


def _shown(values: QuoteValues) -> dict[str, str]:
    shown = {name: as_typed(getattr(values, name)) for name, *_ in _PLAIN}
    shown["extras"] = write_extras(values.extras)
    shown["options"] = write_options(values.options)
    for name, value in values.fields.items():
        shown[f"{FIELD_PREFIX}{name}"] = as_typed(value)
    return shown
