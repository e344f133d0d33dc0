"""The plan's form on the calendar: fields from a cadence, and a cadence from what was typed."""

from typing import Any

from django.http import QueryDict

from compliance.typed import number_of
from outreach.choices import Voice
from outreach.errors import UnplannableWeek
from outreach.sequences.cadence import (
    Cadence,
    Kind,
    Rhythm,
    Targets,
    read_share,
    read_times,
)
from outreach.sequences.steps import DAY_NAMES


def fields_of(cadence: Cadence) -> dict[str, Any]:
    """The form's fields as the cadence has them."""
    targets = cadence.targets
    return {
        "connection_requests": targets.connection_requests,
        "follow_ups_per_person": targets.follow_ups_per_person,
        "shares": [
            (name, label, f"{cadence.shares[name]:f}" if name in cadence.shares else "0")
            for name, label in Voice.choices
        ],
        "rhythms": [
            _rhythm_fields(kind, cadence.rhythms[kind].weekdays,
                           ", ".join(f"{at:%H:%M}" for at in cadence.rhythms[kind].times))
            for kind in Kind
        ],
    }  # fmt: skip


def as_typed(data: QueryDict) -> dict[str, Any]:
    """The form's fields as somebody left them, so that a refusal loses nothing."""
    return {
        "connection_requests": data.get("connection_requests", ""),
        "follow_ups_per_person": data.get("follow_ups_per_person", ""),
        "shares": [
            (name, label, data.get(f"share_{name}", "")) for name, label in Voice.choices
        ],
        "rhythms": [
            _rhythm_fields(kind, _weekdays(data, kind), data.get(f"times_{kind}", ""))
            for kind in Kind
        ],
    }  # fmt: skip


def _rhythm_fields(kind: Kind, weekdays: tuple[int, ...], times: str) -> dict[str, Any]:
    days = [(number, name[:3], number in weekdays) for number, name in enumerate(DAY_NAMES)]
    return {"kind": kind.value, "words": kind.words, "days": days, "times": times}


def read(data: QueryDict) -> Cadence:
    """The cadence as the form has it; UnplannableWeek says which field cannot be read."""
    return Cadence(
        Targets(_number(data, "connection_requests"), _number(data, "follow_ups_per_person")),
        {name: read_share(data.get(f"share_{name}", "")) for name, _label in Voice.choices},
        {
            kind: Rhythm(_weekdays(data, kind), read_times(data.get(f"times_{kind}", "")[:500]))
            for kind in Kind
        },
    )


def _number(data: QueryDict, name: str) -> int:
    text = data.get(name, "").strip()
    found = number_of(text, None)
    if found is None:
        words = name.replace("_", " ")
        raise UnplannableWeek(f"“{text[:20]}” is not a number of {words}.")
    return found


def _weekdays(data: QueryDict, kind: Kind) -> tuple[int, ...]:
    ticked = data.getlist(f"days_{kind}")
    return tuple(number for number in range(7) if str(number) in ticked)
