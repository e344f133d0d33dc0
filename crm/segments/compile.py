"""Turns a definition into one query over contacts; every value goes in as a parameter."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from crm.models import Contact
from crm.segments.asking import ask
from crm.segments.definition import Condition, Group
from crm.segments.fields import Reach


def people() -> QuerySet[Contact]:
    """Everybody a segment may choose from: all contacts but erased ones."""
    return Contact.objects.filter(erased_at=None)


def find(group: Group, *, now: datetime | None = None) -> QuerySet[Contact]:
    """The contacts a definition means, each once, in no order; days are counted back from `now`."""
    return people().filter(where(group, now=now or timezone.now()))


def where(group: Group, *, now: datetime) -> Q:
    """The definition as a condition on contacts; rows behind them are asked by EXISTS.

    Conditions on a source with `Reach.SAME` that stand side by side in a group of “all” speak of
    one and the same row; in other groups, and elsewhere, each asks for a row of its own.
    """
    parts: list[Q] = []
    together: dict[str, list[Condition]] = defaultdict(list)
    for one in group.items:
        if isinstance(one, Group):
            parts.append(where(one, now=now))
        elif one.field.reach is Reach.SAME and group.match == "all":
            together[one.field.source.name].append(one)
        else:
            parts.append(_condition(one, now))
    parts += [_same_row(asked, now) for asked in together.values()]
    if not parts:
        return Q()
    if group.match == "all":
        return _all(parts)
    either = parts[0]
    for part in parts[1:]:
        either |= part
    return ~either if group.match == "none" else either


def _all(parts: Iterable[Q]) -> Q:
    whole = Q()
    for part in parts:
        whole &= part
    return whole


def _condition(condition: Condition, now: datetime) -> Q:
    match condition.field.reach:
        case Reach.OWN:
            return ask(condition, now)
        case Reach.SAME:
            return _same_row([condition], now)
    return _any_row(condition, now)


def _same_row(asked: list[Condition], now: datetime) -> Q:
    field = asked[0].field
    rows = field.query().filter(**{field.source.link: OuterRef("pk")})
    return Q(Exists(rows.filter(_all(ask(one, now) for one in asked))))


def _any_row(condition: Condition, now: datetime) -> Q:
    """Asks all rows at once: “not”, “never” and “no” mean that no row says otherwise."""
    field, operator = condition.field, condition.operator
    rows = field.query().filter(**{field.source.link: OuterRef("pk")})
    filled = Q(Exists(rows.filter(**{f"{field.path}__isnull": False})))
    match operator.negates or operator.name:
        case "empty":
            asked = ~filled
        case "before":  # the latest of them
            later = Condition(field, field.operators["after"], condition.value)
            asked = filled & ~Q(Exists(rows.filter(ask(later, now))))
        case _ if condition.value is False:
            return ~filled
        case _ if condition.value is True:
            return filled
        case name:
            plain = Condition(field, field.operators[name], condition.value)
            asked = Q(Exists(rows.filter(ask(plain, now))))
    return ~asked if operator.negates else asked
