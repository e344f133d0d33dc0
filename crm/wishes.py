"""One person, one wish: what was said to us at any of their addresses holds for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from compliance import keyed_hash
from compliance.addresses import as_heard
from compliance.choices import (
    ASKED,
    WISHES,
    AddressKind,
    SuppressionReason,
    SuppressionScope,
)
from compliance.dnc.internal import add_internal
from compliance.lifting import last_asked
from compliance.models import InternalDncNumber, Suppression
from compliance.opt_outs import opt_out
from compliance.suppression import MOST_KEYS, keys
from crm.choices import ADDRESS_KINDS, CLOSED_LEADS, PointKind
from crm.holdings import whom_of
from crm.models import Contact, ContactPoint, Lead

Pair = tuple[str, str]
# What ends a lead: neither a dead mailbox nor a doubt that somebody is to look at does.
ENDS = ASKED | {SuppressionReason.MANUAL, SuppressionReason.ERASURE}
SAME_PERSON = "The same person asked us not to call another number of theirs."


def unite_wishes(contact: Contact, *, actor: str) -> int:
    """Spread every standing wish over all addresses of the contact; returns how many spread.

    In the caller's transaction, by the one door for wishes: what waits is cancelled, too.
    """
    pairs = [(kind, as_heard(kind, value)) for kind, value in whom_of(contact).addresses]
    spread = 0
    for wish in _wishes(pairs):
        if not _holds_everywhere(wish, pairs):
            opt_out(
                pairs, words=wish.words, source=wish.source, received_at=wish.received_at,
                reason=wish.reason, scope=wish.scope, actor=actor,
            )  # fmt: skip
            spread += 1
    end_leads(contact, actor=actor)
    return spread + _unite_calls(pairs, actor=actor)


def end_leads(contact: Contact, *, actor: str) -> None:
    """Leads that came to who had asked us to stop, with an address or a merge, end as others do."""
    pairs = [(kind, as_heard(kind, value)) for kind, value in whom_of(contact).addresses]
    open_leads = Lead.objects.filter(contact=contact).exclude(status__in=CLOSED_LEADS)
    asked = [row for row in _standing(pairs) if row.reason in ASKED and row.scope == "all"]
    if not asked or not open_leads.exists() or not said_at(pairs).wants_nothing(pairs):
        return
    wish = asked[-1]
    opt_out(
        pairs, words=wish.words, source=wish.source, received_at=wish.received_at,
        reason=wish.reason, actor=actor,
    )  # fmt: skip


def unite_wishes_of(people: Iterable[UUID], *, actor: str) -> int:
    """As `unite_wishes`, for those who got a new address; two queries where nobody ever wished.

    What is written to a new address would be refused anyway as long as the old one stands beside
    it: this keeps the wish when the old one goes.
    """
    points = ContactPoint.objects.filter(contact__in=set(people), kind__in=ADDRESS_KINDS)
    by_value: dict[str, set[UUID]] = {}
    pairs: list[Pair] = []
    for contact, kind, value in points.values_list("contact", "kind", "value"):
        pairs.append((str(ADDRESS_KINDS[PointKind(kind)]), value))
        by_value.setdefault(as_heard(*pairs[-1]), set()).add(contact)
    wished = stopped(pairs)
    whose = {one for value in wished for one in by_value[value]}
    found = Contact.objects.filter(pk__in=whose).order_by("pk")
    return sum(unite_wishes(contact, actor=actor) for contact in found)


def stopped(pairs: Iterable[Pair]) -> set[str]:
    """Which of these addresses, in their stored form, a wish or our own do-not-call list names."""
    heard = {as_heard(kind, value) for kind, value in pairs}
    spelt = {key: value for value in heard for key in (value, *keyed_hash.all_hashes(value))}
    rows = Suppression.objects.filter(
        address__in=spelt, lifted_at=None, reason__in=sorted(WISHES)
    ).values_list("address", flat=True)
    digits = {int(value[1:]): value for value in heard if value[:1] == "+" and value[1:].isdigit()}
    listed = InternalDncNumber.objects.filter(phone__in=digits, lifted_at=None)
    return {spelt[row] for row in rows} | {digits[row.phone] for row in listed if digits}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said at some addresses about writing to them at all, read once for many people."""

    rows: Mapping[str, Sequence[Suppression]]

    def wants_nothing(self, pairs: Iterable[Pair]) -> bool:
        """Whether who has these asked us to stop on every channel, and it was not taken back."""
        asked, taken_back = self._last(pairs)
        return asked is not None and (taken_back is None or taken_back <= asked)

    def took_it_back(self, pairs: Iterable[Pair]) -> bool:
        """Whether the last that is known is that they want to hear from us again.

        A consent reaches one address: that the wish goes on standing at the others changes nothing.
        """
        asked, taken_back = self._last(pairs)
        return taken_back is not None and (asked is None or asked < taken_back)

    def _last(self, pairs: Iterable[Pair]) -> tuple[datetime | None, datetime | None]:
        """When they last asked, of wishes that stand, and when one was last taken back."""
        wanted = {key for kind, value in pairs for key in keys(kind, value)}
        rows = [row for key in wanted for row in self.rows.get(key, ())]
        asked = [last_asked(row) for row in rows if row.lifted_at is None]
        taken_back = [row.lifted_at for row in rows if row.lifted_at and _is_taken_back(row)]
        return max(asked, default=None), max(taken_back, default=None)


def said_at(pairs: Iterable[Pair]) -> Said:
    """Read what ends leads of what was said at these addresses, for all of them at once."""
    wanted = list({key for kind, value in pairs for key in keys(kind, value)})
    found: defaultdict[str, list[Suppression]] = defaultdict(list)
    for start in range(0, len(wanted), MOST_KEYS):
        for row in Suppression.objects.filter(
            address__in=wanted[start : start + MOST_KEYS],
            scope=SuppressionScope.ALL,
            reason__in=sorted(ENDS),
        ):
            found[row.address].append(row)
    return Said(found)


def want_nothing(people: Collection[UUID]) -> set[UUID]:
    """Who of them asked us to stop on every channel; two queries however many."""
    pairs = _pairs_of(people)
    said = said_at(pair for own in pairs.values() for pair in own)
    return {one for one, own in pairs.items() if said.wants_nothing(own)}


def wants_nothing(contact: UUID) -> bool:
    """Whether they asked us to stop on every channel, and it was not taken back since."""
    return bool(want_nothing([contact]))


def took_it_back(contact: UUID) -> bool:
    """Whether the last that is known is that they want to hear from us again."""
    own = _pairs_of([contact])[contact]
    return said_at(own).took_it_back(own)


def pairs_of(points: Iterable[tuple[str, str]]) -> list[Pair]:
    """Of points as (kind of point, value) those that can be suppressed, as (kind, value)."""
    return [
        (str(ADDRESS_KINDS[PointKind(kind)]), value)
        for kind, value in points
        if kind in ADDRESS_KINDS
    ]


def _pairs_of(people: Collection[UUID]) -> dict[UUID, list[Pair]]:
    held: dict[UUID, list[tuple[str, str]]] = {one: [] for one in people}
    points = ContactPoint.objects.filter(contact__in=people)
    for contact, kind, value in points.values_list("contact", "kind", "value"):
        held[contact].append((kind, value))
    return {one: pairs_of(own) for one, own in held.items()}


def _is_taken_back(row: Suppression) -> bool:
    """An erasure ends rows, too, that another goes on standing for: nobody said anything then."""
    return row.lifted_by_consent_id is not None or row.reason == SuppressionReason.MANUAL


def people_suppressed() -> QuerySet[ContactPoint, UUID]:
    """The contacts nothing may be sent to by their own or somebody's wish, as a subquery.

    For lists of people to turn to, never in the gate's place: of a domain its own addresses are
    meant, and the hashes of the erased are not looked up. Begun from the few who are suppressed,
    it costs little among many.
    """
    wished = Suppression.objects.filter(
        lifted_at=None, scope=SuppressionScope.ALL, reason__in=sorted(WISHES)
    )
    own = wished.exclude(kind=AddressKind.DOMAIN).values("address")
    points = ContactPoint.objects.filter(kind__in=sorted(ADDRESS_KINDS))
    held = Q(value__in=own)
    domains = wished.filter(kind=AddressKind.DOMAIN)
    if domains.exists():  # else no address need be taken apart
        at = Substr("value", StrIndex("value", Value("@")) + 1)
        points = points.annotate(domain=at)
        held |= Q(kind=PointKind.EMAIL, domain__in=domains.values("address"))
    return points.filter(held).order_by().values_list("contact", flat=True)


def _standing(pairs: list[Pair]) -> list[Suppression]:
    wanted = {key for _kind, value in pairs for key in (value, *keyed_hash.all_hashes(value))}
    return list(Suppression.objects.filter(address__in=wanted, lifted_at=None).order_by("pk"))


def _wishes(pairs: list[Pair]) -> list[Suppression]:
    return [row for row in _standing(pairs) if row.reason in WISHES]


def _holds_everywhere(wish: Suppression, pairs: list[Pair]) -> bool:
    held = {
        row.address
        for row in _standing(pairs)
        if row.reason in WISHES and row.scope in ("all", wish.scope)
    }
    return all(held & {value, *keyed_hash.all_hashes(value)} for _kind, value in pairs)


def _unite_calls(pairs: list[Pair], *, actor: str) -> int:
    numbers = {value for kind, value in pairs if kind == AddressKind.PHONE}
    digits = {int(value.removeprefix("+")): value for value in numbers if value[1:].isdigit()}
    listed = set(
        InternalDncNumber.objects.filter(phone__in=digits, lifted_at=None).values_list(
            "phone", flat=True
        )
    )
    if not listed:
        return 0
    missing = [value for number, value in digits.items() if number not in listed]
    for value in missing:
        add_internal(value, actor=actor, reason=SAME_PERSON)
    return len(missing)
