"""Tells a definition in words, and what changed from one to the next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm.segments.definition import Condition, Group
from crm.segments.fields import Kind, Reach

EVERYONE = "Everyone"


def in_words(group: Group) -> str:
    """The definition as one sentence without its full stop, such as “role has the word CTO, and
    company’s country is Russia”; choices are told by their labels."""
    told = _group(group, outermost=True)
    return told[:1].upper() + told[1:] if told else EVERYONE


def condition_words(condition: Condition) -> str:
    """One condition alone."""
    words = _asked(condition)
    if condition.field.reach is Reach.SAME:
        return f"{condition.field.source.phrase} {words}"
    return words


def changes(before: Group, after: Group) -> list[str]:
    """What differs between two definitions, one sentence a change; nothing where they ask alike."""
    if before == after:
        return []
    old, new = _lines(before), _lines(after)
    told = [f"No longer: {line}." for line in (old - new).elements()]
    told += [f"New: {line}." for line in (new - old).elements()]
    if before.match != after.match:
        told.append(
            f"{_LEAD[after.match]} the conditions must hold, not {_LEAD[before.match].lower()}."
        )
    return told or ["The conditions are grouped in another way."]


_LEAD = {"all": "All of", "any": "Any of", "none": "None of"}


def _lines(group: Group) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in group.items:
        if isinstance(one, Group):
            found[_group(one, outermost=False)] += 1
        else:
            found[condition_words(one)] += 1
    return found


def _group(group: Group, *, outermost: bool) -> str:
    parts = _parts(group)
    if not parts:
        return "" if outermost else "(no condition)"
    if group.match == "none":
        inner = ", or ".join(parts)
        return f"none of this: {inner}" if outermost else f"none of ({inner})"
    glue = ", and " if group.match == "all" else ", or "
    told = glue.join(parts)
    return told if outermost or len(parts) == 1 else f"({told})"


def _parts(group: Group) -> list[str]:
    """The members of a group in words; those that speak of one row are told together."""
    parts: list[str] = []
    together: dict[str, int] = {}
    for one in group.items:
        if isinstance(one, Group):
            parts.append(_group(one, outermost=False))
            continue
        name = one.field.source.name
        if one.field.reach is Reach.SAME and group.match == "all" and name in together:
            parts[together[name]] += f" and whose {_asked(one)}"
            continue
        if one.field.reach is Reach.SAME:
            together[name] = len(parts)
        parts.append(condition_words(one))
    return parts


def _asked(condition: Condition) -> str:
    field, operator = condition.field, condition.operator
    if field.kind is Kind.BOOL:
        return field.yes if condition.value else field.no
    value = _value(condition)
    if field.yes and operator.name not in ("empty", "filled"):
        return (field.no if operator.negates else field.yes).format(value)
    label = f"{field.source.prefix}{field.label}"
    if field.kind is Kind.DATE and field.reach is Reach.ANY and operator.name == "before":
        label = f"last {label}"
    told = operator.phrase.format(field=label, value=value)
    return told.replace("last 1 days", "last day")


def _value(condition: Condition) -> str:
    value, field = condition.value, condition.field
    if value is None:
        return ""
    if field.kind is Kind.DATE and isinstance(value, str):
        return day_words(date.fromisoformat(value))
    if field.kind in (Kind.NUMBER, Kind.DATE):
        return f"{value:,}" if isinstance(value, int) else str(value)
    values = [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
    labels: Mapping[str, str] = field.choices.labels(values) if field.choices else {}
    glue = " and " if condition.operator.name == "has" else " or "
    return _listed([f"“{labels.get(one, one)}”" for one in values], glue)


def _listed(words: Sequence[str], glue: str) -> str:
    if len(words) > 12:
        return f"{', '.join(words[:10])}{glue}{len(words) - 10} more"
    return ", ".join(words[:-1]) + glue + words[-1] if len(words) > 1 else words[0]


def day_words(day: date) -> str:
    """A day as people write it: 31 Jan 2026."""
    return f"{day.day} {day:%b %Y}"


def value_words(kind: Kind, value: Any) -> str:
    """What was frozen of a member, as a cell."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return ", ".join(value_words(kind, one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
