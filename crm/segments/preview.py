"""How many a definition finds, the first of them with what they were found by, and what is odd."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from crm.models import Contact
from crm.segments.compile import find, people
from crm.segments.definition import Condition, Group, conditions_of, fields_of
from crm.segments.fields import Field, Kind
from crm.segments.known import read_known
from crm.segments.words import condition_words, in_words

PAGE = 25
SHORT = 4  # letters that stand inside many words


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody found, with the values of the fields they were found by, by the fields' names."""

    contact: Contact
    known: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Members in the order of their keys; `after` is where the next page begins, or None."""

    members: list[Member]
    fields: list[Field]
    after: UUID | None


def count(group: Group, *, now: datetime | None = None) -> int:
    """How many it finds."""
    if connection.vendor != "postgresql":
        return find(group, now=now).count()
    with transaction.atomic(), connection.cursor() as cursor:
        # The tables asked lie in memory. By default PostgreSQL fears reading here and there four
        # times as much, and rather matches the words of every contact there is.
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        return find(group, now=now).count()


def page(
    group: Group, *, after: UUID | None = None, size: int = PAGE, now: datetime | None = None
) -> Page:
    """A page of members, by key so that it stays the same while people come and go."""
    rows = find(group, now=now).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    keys = list(rows.values_list("pk", flat=True)[: size + 1])
    asked = fields_of(group)
    members = load_members(keys[:size], asked)
    return Page(members, asked, keys[size - 1] if len(keys) > size else None)


def load_members(keys: Sequence[UUID], asked: Sequence[Field]) -> list[Member]:
    """These contacts in this order, with what is known of them now; a few queries in all."""
    rows = Contact.objects.select_related("company").in_bulk(keys)
    known = read_known(keys, asked)
    return [Member(rows[key], known[key]) for key in keys if key in rows]


def notices(group: Group, found: int, *, now: datetime | None = None) -> list[str]:
    """What a person should know before using it: it finds everyone, no one, or more than meant."""
    told = [text for one in conditions_of(group) if (text := _short(one))]
    if not found:
        told.insert(0, why_nobody(group, now=now or timezone.now()))
    elif found == people().count():
        words = "This finds everyone there is. Add a condition, unless everyone is meant."
        told.insert(0, words)
    return told


def why_nobody(group: Group, *, now: datetime) -> str:
    """Which condition empties it, found by leaving each out."""
    if not people().exists():
        return "There are no contacts yet: import some first."
    if group.match != "all" or len(group.items) < 2:
        return f"Nobody is found by: {in_words(group)}. Ask for less."
    emptying = [
        one for n, one in enumerate(group.items)
        if find(Group("all", group.items[:n] + group.items[n + 1 :]), now=now).exists()
    ]  # fmt: skip
    if emptying:
        told = "; or ".join(f"“{_words(one)}”" for one in emptying[:3])
        return f"Nobody is found because of {told}. Without it there would be somebody."
    alone = [one for one in group.items if not find(Group("all", (one,)), now=now).exists()]
    if alone:
        told = "; ".join(f"“{_words(one)}”" for one in alone[:3])
        return f"Nobody is found: each of these finds nobody even alone: {told}."
    return "Nobody is found: these conditions are true of different people. Ask for less."


def _words(item: Condition | Group) -> str:
    return in_words(item) if isinstance(item, Group) else condition_words(item)


def _short(condition: Condition) -> str:
    if condition.field.kind is not Kind.TEXT or condition.operator.name != "contains":
        return ""
    values: Iterable[Any] = condition.value if isinstance(condition.value, tuple) else ()
    short = next((one for one in values if len(one) <= SHORT and one.isalpha()), "")
    if not short:
        return ""
    return (
        f"“{short}” is found inside longer words, too (CTO in Director): for the word alone "
        "use “has the word”."
    )
