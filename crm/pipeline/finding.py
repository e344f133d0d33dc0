"""Leads by words: of a name, a company, an address, a parcel or a market."""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import Company, Contact, Lead, Property

MOST_LOOKED_UP = 5000  # leads whose keys are looked up once for all a page asks of them
MOST_WORDS = 6
PLACE, NAME = ("situs_address", "parcel_id"), ("name",)


def found_by(rows: QuerySet[Lead], text: str) -> QuerySet[Lead]:
    """Those of the rows that fit what somebody typed, wherever a lead is told of.

    Words as they stand come first: where they are found, only those leads count. Else the same
    words in any order in one name or address; else each in a place of its own.
    """
    words = _rarest_first(text)
    for tried in ([" ".join(text.split())], words):
        keys = _keys_of(tried)
        if keys is None:
            return rows.filter(_told_of(tried))
        if keys or len(words) == 1:
            return rows.filter(pk__among=keys)
    return _spread(rows, words)


def _rarest_first(text: str) -> list[str]:
    """The words, so that most rows are done with after one look: numbers, then long ones."""
    return sorted(text.split()[:MOST_WORDS], key=lambda word: (word.isalpha(), -len(word)))


def _spread(rows: QuerySet[Lead], words: Sequence[str]) -> QuerySet[Lead]:
    for word in words:
        keys = _keys_of([word])
        rows = rows.filter(_told_of([word]) if keys is None else Q(pk__among=keys))
        if keys == []:
            break
    return rows


def _keys_of(words: Sequence[str]) -> list[UUID] | None:
    """The keys of what is found in one record, looked for once for all a page asks.

    None where there are more than `MOST_LOOKED_UP`: of so many each question soon has enough.
    """
    found = _each_table(words).values_list("pk", flat=True)
    keys = list(found[: MOST_LOOKED_UP + 1])
    return None if len(keys) > MOST_LOOKED_UP else list(dict.fromkeys(keys))


def _each_table(words: Sequence[str]) -> QuerySet[Any]:
    """Each table read by itself: joined, all that could be said of a lead would meet first.

    A lead found twice comes twice: nothing is sorted, so that a limit ends the reading.
    """
    leads = Lead.objects.order_by().values_list("pk", flat=True)
    by_place, by_person, by_company = (
        leads.filter(**{f"{name}__in": found.order_by().values("pk")})
        for name, found in (
            ("property", Property.objects.filter(_all_in(words, PLACE))),
            ("contact", Contact.everybody.filter(_all_in(words, NAME))),
            ("company", Company.everybody.filter(_all_in(words, NAME))),
        )
    )
    by_market = leads.filter(_all_in(words, ("market",)))
    return by_place.union(by_person, by_company, by_market, all=True)


def _told_of(words: Sequence[str]) -> Q:
    """All the words in one record, asked of the lead itself."""
    return (
        _all_in(words, tuple(f"property__{name}" for name in PLACE))
        | _all_in(words, ("contact__name",))
        | _all_in(words, ("company__name",))
        | _all_in(words, ("market",))
    )


def _all_in(words: Sequence[str], columns: Sequence[str]) -> Q:
    """Every word in one of the columns."""
    return reduce(
        and_,
        (
            reduce(lambda one, other: one | other, (Q(**{f"{c}__icontains": w}) for c in columns))
            for w in words
        ),
        Q(),
    )
