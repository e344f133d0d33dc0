"""Puts people into segments: everybody by new rules, who changed, or those one asks for."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connections, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from compliance import audit
from crm.choices import Scored
from crm.errors import CrmError
from crm.models import Assignment, Contact, SegmentRules
from crm.models.assignment import holding
from crm.scoring.assign import Assigned, ReadyRules, assign, prepare_rules
from crm.scoring.changes import stale_keys
from crm.scoring.portion import LONGEST_TRANSACTION, SLACK, take_turn
from crm.scoring.reading import PORTION, Plan, by_key, plan_for, read, rows_of
from crm.scoring.segment_rules import parse_rules, rules_as_data, shipped_rules
from crm.shares import percentages

BY = "shipped"
CHANGES = ("updated_at", "company__updated_at", "breakdown__seen_until")
WRITTEN = ["segment", "why", "suits", "reasons", "tags", "rules", "seen_until"]


class RulesChangedError(CrmError):
    """Somebody else put other rules in force since these were looked at."""


@dataclass(frozen=True, slots=True)
class Segmenter:
    """The rules in force, made ready."""

    stored: SegmentRules
    ready: ReadyRules
    plan: Plan


class _People:
    """People in each segment, counted when somebody suits several alike and not before."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter: Segmenter | None = segmenter
        self._counts: Counter[str] = Counter()

    def counts(self) -> Mapping[str, int]:
        """How many each holds, with those moved that no row tells of yet."""
        if self._segmenter is not None:
            self._counts.update(distribution(self._segmenter).counts)
            self._segmenter = None
        return self._counts

    def move(self, was: str, now: str) -> None:
        """Somebody went from one to another."""
        self._counts[was] -= 1
        self._counts[now] += 1


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many people each segment holds, beside the share it is to have, in per cent."""

    counts: dict[str, int]
    shares: dict[str, Decimal]
    labels: dict[str, str]

    @property
    def assigned(self) -> int:
        """People in any segment."""
        return sum(count for name, count in self.counts.items() if name)

    @property
    def rows(self) -> list[tuple[str, str, int, float, Decimal]]:
        """(name, label, people, per cent of those assigned, share wanted), in the rules' order."""
        whole = self.assigned or 1
        return [
            (name, label, self.counts.get(name, 0), self.counts.get(name, 0) / whole * 100,
             self.shares[name])
            for name, label in self.labels.items()
        ]  # fmt: skip


def current() -> Segmenter:
    """The rules in force, ready to use; CrmError before any are there."""
    stored = SegmentRules.objects.order_by("-number").first()
    if stored is None:
        raise CrmError("There are no rules for segments yet; write some first.")
    ready = prepare_rules(parse_rules(stored.definition))
    return Segmenter(stored, ready, plan_for(Scored.CONTACT, ready.rules.fields))


def put_in_force(
    data: dict[str, Any], *, actor: str, expected: int, note: str = ""
) -> SegmentRules:
    """Rules as the next version, in force at once; everybody is put anew in the background.

    Raises DefinitionError for rules that cannot work, RulesChangedError where version `expected`
    is no longer the one in force.
    """
    wanted = rules_as_data(parse_rules(data))
    try:
        with transaction.atomic():
            held = SegmentRules.objects.order_by("-number").first()
            if (held.number if held else 0) != expected:
                raise IntegrityError
            stored = SegmentRules.objects.create(
                number=expected + 1, definition=wanted, note=note[:200], created_by=actor
            )
            data = {"number": stored.number}
            audit.append("segments.rules_put", stored, actor=actor, reason=note, data=data)
    except IntegrityError:
        raise RulesChangedError(
            "Somebody put other rules in force meanwhile. Look at theirs, then save yours again."
        ) from None
    return stored


def segment_people(
    segmenter: Segmenter, rows: QuerySet[Any], *, after: UUID | None = None, size: int = PORTION
) -> tuple[int, UUID | None]:
    """Put the next people behind a key into segments; returns how many, and the last key."""
    with by_key():
        take_turn(shared=True)
        now = timezone.now()
        people = _People(segmenter)
        found = read(segmenter.plan, rows, ("assignment__segment", "assignment__said"),
                     after=after, size=size)  # fmt: skip
        made = []
        for known in found:
            held, said = known.also["assignment__segment"] or "", known.also["assignment__said"]
            put = assign(known.features, segmenter.ready, people.counts, now=held)
            if not said and put.segment != held:
                people.move(held, put.segment)
            made.append(_row(known.key, put, segmenter.stored, now - SLACK))
        Assignment.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["contact"], update_fields=WRITTEN,
            batch_size=500,
        )  # fmt: skip
    return len(found), found[-1].key if found else None


def _row(key: UUID, put: Assigned, rules: SegmentRules, seen_until: datetime) -> Assignment:
    return Assignment(
        contact_id=key, segment=put.segment, why=put.why[:300], suits=put.suits,
        reasons=[asdict(reason) for reason in put.reasons],
        tags=[asdict(tag) for tag in put.tags], rules=rules, seen_until=seen_until,
    )  # fmt: skip


def segment_these(keys: Sequence[UUID]) -> None:
    """Put these people now, whatever is due."""
    segmenter = current()
    for start in range(0, len(keys), PORTION):
        portion = rows_of(Scored.CONTACT).filter(pk__in=keys[start : start + PORTION])
        segment_people(segmenter, portion)


def segment_everybody(told: Callable[[int, int], None] | None = None) -> int:
    """Put everybody now, in portions; `told` hears (done, total). Returns how many."""
    segmenter, rows = current(), rows_of(Scored.CONTACT)
    total, done, after = rows.count(), 0, None
    while True:
        count, after = segment_people(segmenter, rows, after=after)
        if not count:
            return done
        done += count
        if told:
            told(done, total)


def tend_segments(*, end: float) -> bool:
    """Everybody by rules that are new, then who changed; True where time ran out before the end."""
    try:
        segmenter = current()
    except CrmError:
        return False
    stored = segmenter.stored
    rows = rows_of(Scored.CONTACT)
    began = timezone.now()
    while stored.looked_until is None:
        count, last = segment_people(segmenter, rows, after=stored.cursor)
        mine = SegmentRules.objects.filter(pk=stored.pk, cursor=stored.cursor)
        if not mine.update(cursor=last, looked_until=None if count else began):
            return False  # another worker is at it
        stored.cursor = last
        if not count:
            return False
        if time.monotonic() > end:
            return True
    for keys in stale_keys(rows, "assignment", CHANGES, stored.looked_until - LONGEST_TRANSACTION):
        segment_people(segmenter, rows.filter(pk__in=keys))
        if time.monotonic() > end:
            return True
    SegmentRules.objects.filter(pk=stored.pk).update(looked_until=began)
    return False


@transaction.atomic
def override(contact: Contact, segment: str, *, actor: str, because: str = "") -> Assignment:
    """One of us says where somebody belongs; "" leaves it to the rules again.

    Raises CrmError for a segment there is none of.
    """
    segmenter = current()
    labels = segmenter.ready.rules.labels
    if segment and segment not in labels:
        raise CrmError(f"There is no segment “{segment[:40]}”. There are: {', '.join(labels)}.")
    take_turn(shared=True)
    if Contact.objects.filter(pk=contact.pk, erased_at=None).first() is None:
        raise CrmError("This person was erased: nothing is kept of them any more.")
    # Locked, so that of two at once the later is told what the earlier said, and the ledger, too.
    row, _created = Assignment.objects.select_for_update().get_or_create(
        contact=contact, defaults={"rules": segmenter.stored, "seen_until": contact.created_at}
    )
    before = row.said
    row.said, row.said_by = segment, actor if segment else ""
    row.said_because, row.said_at = because[:200] if segment else "", timezone.now()
    row.save(update_fields=["said", "said_by", "said_because", "said_at"])
    data = {"before": before, "after": segment, "rules_say": row.segment}
    audit.append("segment.said", contact, actor=actor, reason=because, data=data)
    return row


def distribution(segmenter: Segmenter | None = None) -> Distribution:
    """How people stand over the segments; one query. The erased have no assignment."""
    rules = (segmenter or current()).ready.rules
    rows = (
        Assignment.objects.annotate(held=holding())
        .values("held").annotate(people=Count("pk")).order_by()
    )  # fmt: skip
    counts = Counter({row["held"]: row["people"] for row in rows})
    return Distribution(dict(counts), percentages(rules.shares), rules.labels)


def install_rules(using: str = "default", **_signal: Any) -> None:
    """A `post_migrate` receiver: the shipped rules where nobody wrote any; renewed if unedited."""
    if SegmentRules._meta.db_table not in connections[using].introspection.table_names():
        return
    held, wanted = SegmentRules.objects.order_by("-number").first(), rules_as_data(shipped_rules())
    if held is None or (held.created_by == BY and held.definition != wanted):
        number = held.number + 1 if held else 1
        SegmentRules.objects.create(number=number, definition=wanted, created_by=BY)
