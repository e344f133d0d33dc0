"""The lead board: what each column holds, how much it is worth, and the cards on top of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import Count, QuerySet, Sum

from crm.choices import LeadStatus
from crm.models import Lead
from crm.models.lead import BEST
from crm.pipeline.finding import found_by

FIRST = 20
MOST = 200
CHOICES = 200
CHOICES_KEPT = 60  # seconds
# What a card tells, its lead's name included.
TOLD = (
    "status", "score", "tier", "deal_value", "currency", "created_at",
    "contact__name", "contact__role", "contact__erased_at", "contact__company", "company__name",
    "property__situs_address", "property__parcel_id", "property__county", "property__state",
    "owner__username", "owner__first_name",
)  # fmt: skip
HINTS = {
    LeadStatus.NEW: "Leads you import or add begin here.",
    LeadStatus.CONTACTED: "They come here when the first message leaves.",
    LeadStatus.REPLIED: "They come here when they answer.",
    LeadStatus.INTERESTED: "Who wants to hear more stands here at once.",
    LeadStatus.NEGOTIATING: "They come here when one of us talks with them.",
    LeadStatus.WON: "Drag a deal here when it is made.",
    LeadStatus.LOST: "What came to nothing, with the reason.",
    LeadStatus.OPTED_OUT: "Who asks us to stop; nobody is put here by hand.",
}


@dataclass(frozen=True, slots=True)
class Contacted:
    """What was said and heard of a person, as the rooms above know it."""

    last_out: datetime | None = None
    last_in: datetime | None = None
    next_touch: datetime | None = None
    url: str = ""


Look = Callable[[Collection[UUID]], Mapping[UUID, Contacted]]
_looks: list[Look] = []


def register(look: Look) -> None:
    """Let a room above say when people were written to; called in `AppConfig.ready`.

    `look(contact ids)` answers in a constant number of queries.
    """
    if look not in _looks:
        _looks.append(look)


def contacted(contacts: Collection[UUID]) -> dict[UUID, Contacted]:
    """What is known of these people's conversations, by contact."""
    found: dict[UUID, Contacted] = {}
    for look in _looks if contacts else ():
        found |= look(contacts)
    return found


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the board is narrowed to, empty where it is not; `owner` is me, none or a user's key."""

    owner: str = ""
    tier: str = ""
    market: str = ""
    county: str = ""
    q: str = ""

    def __bool__(self) -> bool:
        return any((self.owner, self.tier, self.market, self.county, self.q))


@dataclass(frozen=True, slots=True)
class Card:
    """One lead with what is known of the talk with its person."""

    lead: Lead
    talk: Contacted


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: how many leads, what they are worth by currency, and the first cards."""

    status: LeadStatus
    count: int
    worth: tuple[tuple[Decimal, str], ...]
    cards: list[Card] = field(default_factory=list)

    @property
    def hint(self) -> str:
        """What brings leads here, for a column that is empty."""
        return HINTS[self.status]

    @property
    def droppable(self) -> bool:
        return self.status is not LeadStatus.OPTED_OUT

    @property
    def shown(self) -> int:
        return len(self.cards)

    @property
    def more(self) -> int:
        """How many cards the next “show more” brings the column to; 0 where all are shown."""
        full = self.shown >= min(self.count, MOST)
        return 0 if full else min(self.shown + FIRST, MOST)


def narrow(chosen: Chosen, user: User) -> QuerySet[Lead]:
    """The leads somebody asked for; words are looked for in names, addresses and parcels."""
    rows = Lead.objects.all()
    if chosen.owner == "me":
        rows = rows.filter(owner=user)
    elif chosen.owner == "none":
        rows = rows.filter(owner=None)
    elif chosen.owner.isdecimal():
        rows = rows.filter(owner=int(chosen.owner[:9]))
    for name, value in (("tier", chosen.tier), ("market", chosen.market)):
        rows = rows.filter(**{name: value}) if value else rows
    if chosen.county:
        rows = rows.filter(property__county=chosen.county)
    return found_by(rows, chosen.q) if chosen.q else rows


def columns(rows: QuerySet[Lead], shown: Mapping[str, int]) -> list[Column]:
    """Every stage in order; `shown` says how many cards of a stage are wanted.

    One query for the numbers, one a column, and those of the rooms above; however many leads.
    """
    numbers = columns_in_numbers(rows)
    leads = {
        one.status: _top(rows, one.status, shown.get(one.status, FIRST)) if one.count else []
        for one in numbers
    }
    people = {lead.contact_id for found in leads.values() for lead in found if lead.contact_id}
    talks = contacted(people)
    nothing = Contacted()
    return [
        replace(
            one,
            cards=[
                Card(lead, talks.get(lead.contact_id or lead.pk, nothing))
                for lead in leads[one.status]
            ],
        )
        for one in numbers
    ]


def columns_in_numbers(rows: QuerySet[Lead]) -> list[Column]:
    """Every stage in order with its numbers and without cards; one query."""
    found: dict[str, list[tuple[int, Decimal | None, str]]] = {}
    counted = rows.order_by().values_list("status", "currency")
    for status, currency, count, total in counted.annotate(n=Count("pk"), worth=Sum("deal_value")):
        found.setdefault(status, []).append((count, total, currency))
    return [
        Column(
            status, sum(count for count, _total, _currency in found.get(status, ())),
            tuple((total, currency) for _n, total, currency in found.get(status, ()) if total),
        )
        for status in LeadStatus
    ]  # fmt: skip


def _top(rows: QuerySet[Lead], status: LeadStatus, most: int) -> list[Lead]:
    return list(
        rows.filter(status=status)
        .select_related("contact", "company", "property", "owner")
        .only(*TOLD)
        .order_by(BEST.desc(), "-created_at")[: min(most, MOST)]
    )


def choices() -> dict[str, list[Any]]:
    """What the filters offer: tiers, markets, counties, and who has leads; a minute old at most."""
    known: dict[str, list[Any]] | None = cache.get("lead-board-choices")
    if known is None:
        known = _choices()
        cache.set("lead-board-choices", known, CHOICES_KEPT)
    return known


def _choices() -> dict[str, list[Any]]:
    counties = Lead.objects.filter(property__isnull=False).exclude(property__county="")
    return {
        "tiers": _distinct(Lead.objects.exclude(tier=""), "tier"),
        "markets": _distinct(Lead.objects.exclude(market=""), "market"),
        "counties": _distinct(counties, "property__county"),
        "owners": list(User.objects.filter(leads__isnull=False).distinct().order_by("username")),
    }


def _distinct(rows: QuerySet[Lead], name: str) -> list[str]:
    return list(rows.order_by(name).values_list(name, flat=True).distinct()[:CHOICES])
