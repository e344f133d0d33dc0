"""One condition as the database is asked it: a lookup on the field's path, never a text of SQL."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils import timezone

from crm.segments.definition import Condition
from crm.segments.fields import Field, Kind

# What stands before and after a word; Python and PostgreSQL read it alike.
EDGE_BEFORE, EDGE_AFTER = r"(^|\W)", r"(\W|$)"


def ask(condition: Condition, now: datetime) -> Q:
    """The condition on the field's own row. Who has no value is on the side of “not”."""
    field, operator = condition.field, condition.operator
    asked = _plain(field, operator.negates or operator.name, condition.value, now)
    if operator.negates and field.kind is Kind.TAGS:  # an expression: no one adds this for us
        return ~asked | Q(**{f"{field.path}__isnull": True})
    return ~asked if operator.negates else asked


def _plain(field: Field, name: str, value: Any, now: datetime) -> Q:
    if name == "empty":
        return _empty(field)
    match field.kind:
        case Kind.TEXT:
            return _text(field, name, value)
        case Kind.DATE:
            return _date(field, name, value, now)
        case Kind.TAGS:
            each = [tagged(field.path, tag) for tag in value]
            return _either(each) if name == "has_any" else Q(*each)
        case Kind.NUMBER:
            lookup = {"is": "exact", "at_least": "gte", "at_most": "lte"}[name]
            return Q(**{f"{field.path}__{lookup}": value})
    if name == "one_of":
        return Q(**{f"{field.path}__in": value})
    return Q(**{field.path: value})


def _empty(field: Field) -> Q:
    missing = Q(**{f"{field.path}__isnull": True})
    if field.kind is Kind.TAGS:
        return missing | Q(**{field.path: []})
    if field.kind in (Kind.TEXT, Kind.CHOICE) and not field.keyed:
        return missing | Q(**{field.path: ""})
    return missing


def _text(field: Field, name: str, value: Any) -> Q:
    values = [value] if isinstance(value, str) else list(value)
    holds: dict[str, Callable[[str], tuple[str, str]]] = {
        "is": lambda text: ("iexact", text),
        "one_of": lambda text: ("iexact", text),
        "contains": lambda text: ("icontains", text),
        "starts": lambda text: ("istartswith", text),
    }
    if name == "word":  # one expression for all: each is matched against every row
        words = "|".join(re.escape(text) for text in values)
        return Q(**{f"{field.path}__iregex": f"{EDGE_BEFORE}({words}){EDGE_AFTER}"})
    return _either(_folded(field.path, *holds[name](text)) for text in values)


# SQLite folds the capitals of English letters only, Python's own expressions those of all.
_AS_PATTERN = {"iexact": "^{}$", "icontains": "{}", "istartswith": "^{}"}


def _folded(path: str, lookup: str, text: str) -> Q:
    if connection.vendor == "sqlite" and lookup in _AS_PATTERN and not text.isascii():
        lookup, text = "iregex", _AS_PATTERN[lookup].format(re.escape(text))
    return Q(**{f"{path}__{lookup}": text})


def _date(field: Field, name: str, value: Any, now: datetime) -> Q:
    if name == "in_last":
        return Q(**{f"{field.path}__gte": now - timedelta(days=value)})
    midnight = timezone.make_aware(datetime.combine(date.fromisoformat(value), time.min))
    return Q(**{f"{field.path}__{'lt' if name == 'before' else 'gte'}": midnight})


def tagged(path: str, tag: str) -> Q:
    """Whether the list of words at this path holds the tag, written exactly so."""
    if connection.vendor == "postgresql":
        return Q(**{f"{path}__contains": [tag]})
    written = Cast(F(path), TextField())  # SQLite cannot look into a list: it reads its text
    return Q(Contains(written, json.dumps(tag)))


def _either(each: Iterable[Q]) -> Q:
    whole = Q()
    for one in each:
        whole |= one
    return whole
