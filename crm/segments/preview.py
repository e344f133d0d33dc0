"""How many a definition finds, the first of them with what they were found by, and what is odd."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import QueryCanceled

from crm.models import Contact
from crm.segments.compile import find, people
from crm.segments.definition import Condition, Group, conditions_of, fields_of
from crm.segments.fields import Field, Kind
from crm.segments.known import read_known
from crm.segments.words import condition_words, in_words

PAGE = 25
SHORT = 4  # letters that stand inside many words
# While somebody types, each question is given up after so long, and no more people are counted.
GLANCE_MILLISECONDS = 1000
MOST_GLANCED = 100_000
GLANCED = 10  # people shown beside the form
T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Glance:
    """What is told while somebody types: None is what did not come in time.

    `more`: there are more than `count`, which was counted no further.
    """

    count: int | None
    more: bool
    page: Page | None
    notices: list[str]


def count(group: Group, *, now: datetime | None = None) -> int:
    """How many it finds, however long that takes."""
    return _asked(lambda: find(group, now=now).count())


def glance(group: Group, *, now: datetime, milliseconds: int = GLANCE_MILLISECONDS) -> Glance:
    """What it finds as far as that is known at once, so that the form stays lively.

    The time limit is PostgreSQL's own; SQLite, for small desks, has the other limit only.
    """

    def first(ask: Callable[[], Any]) -> Any:
        return _in_time(ask, milliseconds)

    rows = find(group, now=now)
    found: int | None = first(lambda: rows[: MOST_GLANCED + 1].count())
    more = found is not None and found > MOST_GLANCED
    told = None if found is None or more else first(lambda: notices(group, found, now=now))
    return Glance(
        MOST_GLANCED if more else found, more,
        first(lambda: page(group, size=GLANCED, now=now)), told or [],
    )  # fmt: skip


def _asked(ask: Callable[[], T], *, milliseconds: int | None = None) -> T:
    if connection.vendor != "postgresql":
        return ask()
    with transaction.atomic(), connection.cursor() as cursor:
        # The tables asked lie in memory. By default PostgreSQL fears reading here and there four
        # times as much, and rather matches the words of every contact there is.
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        if milliseconds is None:
            return ask()
        cursor.execute(f"SET LOCAL statement_timeout = {milliseconds:d}")
        told = ask()
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")  # whose transaction this may be
        return told


def _in_time(ask: Callable[[], T], milliseconds: int) -> T | None:
    """The answer; None where the database was still looking when time ran out."""
    try:
        return _asked(ask, milliseconds=milliseconds)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        return None


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
    elif not people()[found : found + 1].exists():
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
