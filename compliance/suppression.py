"""The suppression list: add to it, and ask it about many addresses at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Avg, Case, Count, ExpressionWrapper, F, Max, Q, Value, When
from django.db.models.fields import DurationField
from django.utils import timezone

from compliance import audit, hot_rows, keyed_hash
from compliance.addresses import as_heard
from compliance.addresses import normalise as strictly
from compliance.choices import ASKED, SuppressionReason, SuppressionScope
from compliance.models import Suppression

# A link may be pressed a hundred times; once an hour says enough.
WORTH_NOTING = timedelta(hours=1)
MOST_KEYS = 20_000  # of one statement; SQLite takes some 32,000 values
STANDING = "address IN ({among}) AND lifted_at IS NULL AND scope IN (%s, %s)"


def normalise(kind: str, address: str) -> str:
    """The form in which addresses are looked up; never raises."""
    return as_heard(kind, address)


def suppress(
    kind: str,
    address: str,
    *,
    reason: str,
    source: str,
    received_at: datetime,
    words: str = "",
    scope: str = SuppressionScope.ALL,
    actor: str = "compliance",
) -> Suppression:
    """Add an address to the list and write it to the ledger.

    An address already there keeps its row: that it was said again is noted, and what the person
    asked for takes the place of a mere hold or bounce. BadAddressError for what is no address.
    """
    return _put(
        kind, strictly(kind, address), reason=reason, source=source, received_at=received_at,
        words=words, scope=scope, actor=actor,
    )  # fmt: skip


@transaction.atomic
def suppress_person(
    addresses: Iterable[tuple[str, str]],
    *,
    reason: str,
    source: str,
    received_at: datetime,
    words: str = "",
    scope: str = SuppressionScope.ALL,
    actor: str = "compliance",
) -> list[Suppression]:
    """Add all (kind, address) pairs of one person; the caller knows whose they are.

    What cannot be read as an address is kept as it was heard: an opt-out is never lost.
    """
    wanted = sorted({(str(kind), as_heard(kind, address)) for kind, address in addresses})
    return [
        _put(
            kind, address, reason=reason, source=source, received_at=received_at, words=words,
            scope=scope, actor=actor,
        )
        for kind, address in wanted
        if address
    ]  # fmt: skip


@transaction.atomic
def _put(
    kind: str,
    address: str,
    *,
    reason: str,
    source: str,
    received_at: datetime,
    words: str,
    scope: str,
    actor: str,
) -> Suppression:
    said: dict[str, Any] = {
        "reason": reason,
        "source": source[:120],
        "words": words[:2000],
        "received_at": received_at,
    }
    row, created = Suppression.objects.get_or_create(
        kind=kind, address=address, scope=scope, lifted_at=None,
        defaults={**said, "effective_at": timezone.now()},
    )  # fmt: skip
    if created:
        audit.append("suppression.added", row, actor=actor, data=entry_data(row))
    elif received_at != row.received_at or _is_stronger(row, reason):
        _say_again(row, said, actor=actor)
    return row


def _say_again(row: Suppression, said: dict[str, Any], *, actor: str) -> None:
    """Note a second request; a consent given between the two lifts nothing."""
    stronger = _is_stronger(row, said["reason"])
    changes = {name: said[name] for name in ("reason", "source", "words")} if stronger else {}
    before = row.latest_at or row.received_at
    changes["latest_at"] = max(before, said["received_at"])
    Suppression.objects.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    if stronger or changes["latest_at"] - before >= WORTH_NOTING:
        audit.append("suppression.repeated", row, actor=actor, data=entry_data(row))


def _is_stronger(row: Suppression, reason: str) -> bool:
    """Also of the same message, read again: what was held for a look may be a clear wish."""
    return reason in ASKED and row.reason not in ASKED


def entry_data(row: Suppression) -> dict[str, object]:
    """What the ledger keeps of an entry: never the address itself, which may have to be erased."""
    return {
        "kind": row.kind,
        "address": row.address if row.erased_at else keyed_hash.hashed(row.address),
        "scope": row.scope,
        "reason": row.reason,
        "source": row.source,
        "received_at": row.received_at.isoformat(),
        "latency_ms": row.latency_ms,
    }


def find(addresses: Iterable[tuple[str, str]], *, channel: str) -> dict[str, Suppression]:
    """Which of the (kind, address) pairs are suppressed for a channel, by normalised address.

    E-mail addresses are matched by themselves, by their domain and every domain above it, and by
    their keyed hash; one query however many.
    """
    wanted: dict[str, set[str]] = {}
    for kind, address in addresses:
        cleaned = as_heard(kind, address)
        for key in keys(kind, address):
            wanted.setdefault(key, set()).add(cleaned)
    found: dict[str, Suppression] = {}
    for row in _standing(list(wanted), channel):
        for address in wanted[row.address]:
            found[address] = row
    return found


def keys(kind: str, address: str) -> list[str]:
    """The values of `Suppression.address` that stop this address.

    An address, a domain, a number and a hash never look alike, so that `kind` need not be asked:
    a row suppresses if its address is one of these, it is not lifted, and its scope fits.
    """
    cleaned = as_heard(kind, address)
    if not cleaned:
        return []
    domains = _domains(cleaned.rsplit("@", 1)[1]) if "@" in cleaned else []
    return [cleaned, *domains, *keyed_hash.all_hashes(cleaned)]


def _domains(domain: str) -> list[str]:
    """“mail.jets.example” and “jets.example”: a company that asked us to stop means all of it."""
    labels = domain.split(".")
    return [".".join(labels[n:]) for n in range(max(1, len(labels) - 1))]


def _standing(wanted: Sequence[str], channel: str) -> Iterator[Suppression]:
    for start in range(0, len(wanted), MOST_KEYS):
        yield from hot_rows.where(
            Suppression,
            STANDING,
            among=wanted[start : start + MOST_KEYS],
            also=[SuppressionScope.ALL.value, str(channel)],
        )


@dataclass(frozen=True, slots=True)
class Latency:
    """How long opt-outs took to take effect: how many, and their mean and worst time."""

    count: int
    mean: timedelta
    worst: timedelta


def latency(*, since: datetime) -> Latency:
    """Measured over requests of people since a moment; imported lists say nothing about us.

    Where two hosts' clocks differ a request may have come after it was obeyed: that took no time.
    """
    lasted = ExpressionWrapper(F("effective_at") - F("received_at"), output_field=DurationField())
    took = Case(
        When(effective_at__gt=F("received_at"), then=lasted),
        default=Value(timedelta()), output_field=DurationField(),
    )  # fmt: skip
    asked = [*ASKED, SuppressionReason.AMBIGUOUS]
    found = Suppression.objects.filter(
        Q(reason__in=asked), effective_at__gte=since, imported_from=""
    ).aggregate(count=Count("pk"), mean=Avg(took), worst=Max(took))
    nothing = timedelta()
    return Latency(found["count"], found["mean"] or nothing, found["worst"] or nothing)
