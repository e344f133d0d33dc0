"""The editor's fields and a definition's data, one from the other; no database, no checking."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from outreach.sequences.definition import MOST_STEPS, WEEKDAYS

Draft = dict[str, Any]
MOST_VARIANTS = 6
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def draft_of(data: Mapping[str, Any]) -> Draft:
    """The editor's state for a stored definition: every field a text, nothing left out."""
    return {
        "reply_stops": data.get("reply_stops", "person"),
        "needs_facts": list(data.get("needs_facts", [])),
        "steps": [_step_of(step) for step in data.get("steps", [])],
    }


def new_step() -> Draft:
    """What “Add a step” adds: an e-mail three days after the one before."""
    return {
        "name": "", "channel": "email", "days": "3", "unit": "days", "at": "09:00",
        "weekdays": [], "needs": "nothing", "about": "", "variants": [_new_variant("a")],
    }  # fmt: skip


def read_fields(posted: QueryDict) -> Draft:
    """The editor's state as it was posted."""
    count = min(_number(posted.get("steps", "0")), MOST_STEPS + 1)
    return {
        "reply_stops": posted.get("reply_stops", "person"),
        "needs_facts": posted.getlist("needs_facts"),
        "steps": [_read_step(posted, n) for n in range(count)],
    }


def data_of(draft: Draft) -> dict[str, Any]:
    """The definition's data as `definition.parse` takes it; what is odd is left for it to say."""
    return {
        "reply_stops": draft["reply_stops"],
        "needs_facts": draft["needs_facts"],
        "steps": [_step_data(step) for step in draft["steps"]],
    }


def change(draft: Draft, what: str) -> Draft:
    """Do what a button of the editor says, such as "up:2" or "remove-variant:0:1".

    What there is no such button for changes nothing. Conditions keep looking at the step they
    looked at, wherever it went.
    """
    name, *places = what.split(":")
    at = [_number(place, -1) for place in places]
    act = ACTS.get(name)
    steps = draft["steps"]
    if act is None or (at and not 0 <= at[0] < len(steps)):
        return draft
    act(steps, *at)
    return draft


def _add_step(steps: list[Draft], *_at: int) -> None:
    if len(steps) < MOST_STEPS:
        steps.append(new_step())


def _remove_step(steps: list[Draft], at: int = 0, *_rest: int) -> None:
    order: list[int | None] = [n if n < at else n - 1 for n in range(len(steps))]
    order[at] = None
    del steps[at]
    _look_again(steps, order)


def _swap(steps: list[Draft], at: int, other: int) -> None:
    if not 0 <= other < len(steps):
        return
    steps[at], steps[other] = steps[other], steps[at]
    order: list[int | None] = list(range(len(steps)))
    order[at], order[other] = other, at
    _look_again(steps, order)


def _look_again(steps: list[Draft], order: list[int | None]) -> None:
    """Let conditions follow the steps they look at; one whose step is gone looks at all before."""
    for step in steps:
        about = _number(step["about"]) - 1
        if 0 <= about < len(order):
            to = order[about]
            step["about"] = "" if to is None else str(to + 1)


def _add_variant(steps: list[Draft], at: int = 0, *_rest: int) -> None:
    """A copy of the last one to begin with: an A/B test changes little at a time."""
    variants = steps[at]["variants"]
    if len(variants) >= MOST_VARIANTS:
        return
    taken = {variant["name"] for variant in variants}
    name = next(letter for letter in LETTERS if letter not in taken)
    variants.append({**variants[-1], "name": name} if variants else _new_variant(name))


def _remove_variant(steps: list[Draft], at: int = 0, which: int = -1, *_rest: int) -> None:
    variants = steps[at]["variants"]
    if len(variants) > 1 and 0 <= which < len(variants):
        del variants[which]


ACTS: dict[str, Callable[..., None]] = {
    "add-step": _add_step,
    "remove-step": _remove_step,
    "up": lambda steps, at=0, *_rest: _swap(steps, at, at - 1),
    "down": lambda steps, at=0, *_rest: _swap(steps, at, at + 1),
    "add-variant": _add_variant,
    "remove-variant": _remove_variant,
}


def _step_of(step: Mapping[str, Any]) -> Draft:
    business = "after_business_days" in step
    days = step.get("after_business_days" if business else "after_days", 0)
    only_if = step.get("only_if", {})
    return {
        "name": step.get("name", ""),
        "channel": step["channel"],
        "days": str(days),
        "unit": "business" if business else "days",
        "at": step.get("at", ""),
        "weekdays": list(step.get("weekdays", [])),
        "needs": only_if.get("was", "nothing"),
        "about": str(only_if.get("step") or ""),
        "variants": [
            {key: str(variant[key]) for key in ("name", "weight", "subject", "body")}
            for variant in step["variants"]
        ],
    }


def _read_step(posted: QueryDict, n: int) -> Draft:
    def one(name: str) -> str:
        return posted.get(f"s{n}-{name}", "").replace("\r\n", "\n").strip()

    count = min(_number(one("variants")), MOST_VARIANTS)
    fields = ("name", "weight", "subject", "body")
    return {
        **{name: one(name) for name in ("name", "channel", "days", "unit", "at", "needs", "about")},
        "weekdays": [day for day in posted.getlist(f"s{n}-weekdays") if day in WEEKDAYS],
        "variants": [{key: one(f"v{v}-{key}") for key in fields} for v in range(count)],
    }


def _step_data(step: Draft) -> dict[str, Any]:
    delay = "after_business_days" if step["unit"] == "business" else "after_days"
    data: dict[str, Any] = {"name": step["name"], "channel": step["channel"]}
    if step["days"]:
        data[delay] = step["days"]
    if step["at"]:
        data["at"] = step["at"]
    if step["weekdays"] and len(step["weekdays"]) < len(WEEKDAYS):
        data["weekdays"] = step["weekdays"]
    about = {"step": step["about"]} if step["about"] else {}
    if step["needs"] not in ("", "nothing"):
        data["only_if"] = {"was": step["needs"], **about}
    data["variants"] = [
        {**variant, "weight": variant["weight"] or "1"} for variant in step["variants"]
    ]
    return data


def _new_variant(name: str) -> Draft:
    return {"name": name, "weight": "1", "subject": "", "body": "Hello {{ greeting }},\n\n"}


def _number(text: object, otherwise: int = 0) -> int:
    words = str(text or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 5 else otherwise
