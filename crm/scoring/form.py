"""The editor's fields and a model's definition, one from the other; no database, no checking."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import QueryDict

from crm.scoring.definition import ASKS, MOST_SIGNALS, MOST_TIERS, PARTS, Problem

Draft = dict[str, Any]
Rows = list[Draft]
MOST_GROUPS = 40
LISTS, CHOICES = ("keywords", "one_of"), ("is_true", "known")
ASKED = {*LISTS, *CHOICES, "pattern", "at_most"}
ROWS = ("groups", "signals", "parts", "tiers")


def draft_of(data: Mapping[str, Any]) -> Draft:
    """The editor's state for a checked definition's data: every field a text, nothing left out."""
    return {
        "scale": _text(data.get("scale", 100)),
        "below": data.get("below", ""),
        "keep_listed": bool(data.get("keep_listed")),
        "parts": [
            {"name": name, "weight": _text(part["weight"]), "max": _text(part["max"])}
            for name in PARTS for part in [data["parts"][name]]
        ],
        "tiers": [{"name": t["name"], "at_least": _text(t["at_least"])} for t in data["tiers"]],
        "groups": [
            {
                "name": group["name"], "label": group["label"], "part": group["part"],
                "cap": _text(group["cap"]), "signals": [_signal_of(s) for s in group["signals"]],
            }
            for group in data["groups"]
        ],
    }  # fmt: skip


def empty() -> Draft:
    """Where a model without any version begins."""
    return {
        "scale": "100", "below": "", "keep_listed": False,
        "parts": [{"name": name, "weight": "0", "max": "100"} for name in PARTS],
        "tiers": [{"name": "A", "at_least": "50"}],
        "groups": [_new_group()],
    }  # fmt: skip


def read_fields(posted: QueryDict) -> Draft:
    """The editor's state as it was posted; a sign sent to another group goes to its end."""
    groups = [_read_group(posted, n) for n in range(_count(posted, "groups", MOST_GROUPS))]
    sent: list[tuple[Draft, Draft]] = []
    for n, group in enumerate(groups):
        for s in range(_count(posted, f"g{n}-signals", MOST_SIGNALS)):
            sign = _read_signal(posted, f"g{n}-s{s}-")
            wanted = _place(posted.get(f"g{n}-s{s}-group", ""))
            if 0 <= wanted < len(groups) and wanted != n:
                sent.append((groups[wanted], sign))
            else:
                group["signals"].append(sign)
    for group, sign in sent:
        group["signals"].append(sign)
    return {
        "scale": _one(posted, "scale"), "below": _one(posted, "below"),
        "keep_listed": "keep_listed" in posted,
        "parts": [
            {"name": name, **{key: _one(posted, f"{name}-{key}") for key in ("weight", "max")}}
            for name in PARTS
        ],
        "tiers": [
            {key: _one(posted, f"t{n}-{key}") for key in ("name", "at_least")}
            for n in range(_count(posted, "tiers", MOST_TIERS + 1))
        ],
        "groups": groups,
    }  # fmt: skip


def data_of(draft: Draft) -> dict[str, Any]:
    """The definition's data as `definition.parse` takes it; what is odd is left for it to say."""
    names = _names([one for group in draft["groups"] for one in group["signals"]], "sign")
    groups = _names(draft["groups"], "group")
    return {
        "scale": _number(draft["scale"]), "below": draft["below"],
        "keep_listed": draft["keep_listed"],
        "parts": {
            part["name"]: {key: _number(part[key]) for key in ("weight", "max")}
            for part in draft["parts"]
        },
        "tiers": [
            {"name": tier["name"], "at_least": _number(tier["at_least"])}
            for tier in draft["tiers"]
        ],
        "groups": [
            {
                "name": next(groups), "label": group["label"], "part": group["part"],
                "cap": _number(group["cap"]),
                "signals": [{"name": next(names), **_signal_data(s)} for s in group["signals"]],
            }
            for group in draft["groups"]
        ],
    }  # fmt: skip


def change(draft: Draft, what: str) -> Draft:
    """Do what a button says, such as “add-group” or “signal-up:0:2”; else nothing."""
    name, *places = what.split(":")
    at = [_place(place) for place in places]
    act = ACTS.get(name)
    if act is not None and (not at or at[0] >= 0):
        act(draft, *at)
    return draft


def lay_beside(draft: Draft, found: list[Problem]) -> list[str]:
    """Put each problem into the row it is about, under the field's name; returns the rest."""
    rest = []
    for one in found:
        row, name = _row_at(draft, one.path)
        if row is None:
            rest.append(one.text)
        else:
            row.setdefault("problems", {}).setdefault(name, []).append(one.words)
    return rest


def _row_at(draft: Draft, path: tuple[int | str, ...]) -> tuple[Draft | None, str]:
    """The row a path leads to and its field there: “all” is the row itself, “asked” its value."""
    row, rest = draft, list(path)
    while len(rest) > 1 and rest[0] in ROWS:
        rows = row[rest[0]]
        by_key = {one["name"]: one for one in rows} if rest[0] == "parts" else dict(enumerate(rows))
        if rest[1] not in by_key:
            return None, ""
        row, rest = by_key[rest[1]], rest[2:]
    name = str(rest[0]) if rest else "all"
    if row is draft and name not in draft:
        return None, ""
    of_question = name in ASKED or ("asks" in row and name == "at_least")
    return row, "asked" if of_question else name


def _add_signal(draft: Draft, group: int = -1, *_rest: int) -> None:
    if 0 <= group < len(draft["groups"]):
        draft["groups"][group]["signals"].append(_new_signal())


def _remove(rows: Rows, at: int) -> None:
    if 0 <= at < len(rows):
        del rows[at]


def _swap(rows: Rows, at: int, other: int) -> None:
    if 0 <= at < len(rows) and 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]


def _signals(draft: Draft, group: int) -> Rows:
    groups: Rows = draft["groups"]
    return groups[group]["signals"] if 0 <= group < len(groups) else []


Act = Callable[..., None]
ACTS: dict[str, Act] = {
    "settle": lambda draft, *_at: None,
    "add-group": lambda draft, *_at: draft["groups"].append(_new_group()),
    "group-up": lambda draft, at=-1, *_rest: _swap(draft["groups"], at, at - 1),
    "group-down": lambda draft, at=-1, *_rest: _swap(draft["groups"], at, at + 1),
    "remove-group": lambda draft, at=-1, *_rest: _remove(draft["groups"], at),
    "add-signal": _add_signal,
    "signal-up": lambda draft, g=-1, s=-1, *_rest: _swap(_signals(draft, g), s, s - 1),
    "signal-down": lambda draft, g=-1, s=-1, *_rest: _swap(_signals(draft, g), s, s + 1),
    "remove-signal": lambda draft, g=-1, s=-1, *_rest: _remove(_signals(draft, g), s),
    "add-tier": lambda draft, *_at: draft["tiers"].append({"name": "", "at_least": ""}),
    "tier-up": lambda draft, at=-1, *_rest: _swap(draft["tiers"], at, at - 1),
    "tier-down": lambda draft, at=-1, *_rest: _swap(draft["tiers"], at, at + 1),
    "remove-tier": lambda draft, at=-1, *_rest: _remove(draft["tiers"], at),
}


def _new_group() -> Draft:
    return {"name": "", "label": "", "part": PARTS[0], "cap": "20", "signals": [_new_signal()]}


def _new_signal() -> Draft:
    return {
        "name": "", "label": "", "points": "10", "fields": [], "asks": "keywords", "words": "",
        "pattern": "", "at_least": "", "at_most": "", "yes": "yes",
    }  # fmt: skip


def _signal_of(data: Mapping[str, Any]) -> Draft:
    asks = next((name for name in ASKS if data.get(name) not in (None, [], "")), "range")
    return {
        **_new_signal(), "name": data["name"], "label": data["label"],
        "points": _text(data["points"]), "fields": list(data["fields"]), "asks": asks,
        "words": "\n".join(data.get(asks, [])) if asks in LISTS else "",
        "pattern": data.get("pattern", ""),
        "at_least": _text(data.get("at_least")), "at_most": _text(data.get("at_most")),
        "yes": "no" if asks in CHOICES and data[asks] is False else "yes",
    }  # fmt: skip


def _read_group(posted: QueryDict, n: int) -> Draft:
    read = {key: _one(posted, f"g{n}-{key}") for key in ("name", "label", "part", "cap")}
    return {**read, "signals": []}


def _read_signal(posted: QueryDict, prefix: str) -> Draft:
    keys = ("name", "label", "points", "asks", "words", "pattern", "at_least", "at_most", "yes")
    read = {key: _one(posted, prefix + key) for key in keys}
    fields = dict.fromkeys(one for one in posted.getlist(f"{prefix}fields") if one)
    asks = read["asks"] if read["asks"] in ASKS else "keywords"
    return {**read, "asks": asks, "fields": list(fields)}


def _signal_data(sign: Draft) -> dict[str, Any]:
    asks = sign["asks"]
    data = {"label": sign["label"], "points": _number(sign["points"]), "fields": sign["fields"]}
    if asks == "range":
        given = {key: _number(sign[key]) for key in ("at_least", "at_most") if sign[key]}
        return {**data, **given}
    if asks in CHOICES:
        return {**data, asks: sign["yes"] != "no"}
    lines = [line.strip() for line in sign["words"].splitlines() if line.strip()]
    return {**data, asks: lines if asks in LISTS else sign["pattern"]}


def _names(rows: Rows, otherwise: str) -> Iterator[str]:
    """Each row's name; a new one's from its label, such that no two are alike."""
    taken = {row["name"] for row in rows}
    for row in rows:
        name = row["name"]
        if not name:
            plain = re.sub(r"[^a-z0-9]+", "_", row["label"].lower()).strip("_")[:34].rstrip("_")
            base = plain if plain[:1].isalpha() else f"{otherwise}_{plain}".rstrip("_")
            tries = (base, *(f"{base}_{n}" for n in range(2, MOST_SIGNALS + MOST_GROUPS)))
            name = next(one for one in tries if one not in taken)
            taken.add(name)
        yield name


def _text(value: Any) -> str:
    if value is None:
        return ""
    number = float(value)
    return str(int(number)) if number.is_integer() else repr(number)


def _number(text: str) -> Any:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _one(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").replace("\r\n", "\n").strip()


def _count(posted: QueryDict, name: str, most: int) -> int:
    return min(max(_place(posted.get(name, "")), 0), most)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1
