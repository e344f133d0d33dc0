"""Looks at the domains of e-mail addresses, a batch at a time, and notes it at the addresses."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import dns.resolver
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from compliance import audit
from crm.choices import Deliverability, PointKind, PointState
from crm.deliverability.dns import Finding, ask, is_proved, make_resolver
from crm.models import ContactPoint, MailDomain

BATCH = 5000  # addresses
AT_ONCE = 16
A_SECOND = 50  # domains
# How long a finding holds; what could not be found out is asked again soon.
HOLDS = {
    Deliverability.DELIVERABLE: timedelta(days=30),
    Deliverability.UNDELIVERABLE: timedelta(days=7),
    Deliverability.UNKNOWN: timedelta(hours=6),
}
ACTOR = "deliverability"
NO_CONFIDENCE = 0.1
Proof = Callable[[dns.resolver.Resolver], bool]


@dataclass(slots=True)
class Verified:
    """What a run came to: addresses by verdict; `proved` False: nothing was asked or written."""

    proved: bool = True
    domains: int = 0
    asked: int = 0
    addresses: dict[str, int] = field(default_factory=dict)
    more: bool = False


def verify_batch(
    *,
    now: datetime | None = None,
    limit: int = BATCH,
    resolver: dns.resolver.Resolver | None = None,
    proof: Proof = is_proved,
) -> Verified:
    """Look at the addresses that wait longest for it; the network is asked outside transactions.

    If the resolver cannot be trusted everything stays as it is, and is looked at another time.
    """
    moment = now or timezone.now()
    waiting = list(due(moment).values_list("pk", "value")[: limit + 1])
    if not waiting:
        return Verified()
    by_domain: dict[str, list[UUID]] = defaultdict(list)
    for pk, value in waiting[:limit]:
        by_domain[value.rpartition("@")[2]].append(pk)
    found = find(by_domain, moment, resolver=resolver, proof=proof)
    if found is None:
        return Verified(proved=False, domains=len(by_domain), more=True)
    done = Verified(domains=len(by_domain), asked=found.asked, more=len(waiting) > limit)
    for finding, ids in _grouped(by_domain, found.of):
        _note(ids, finding, moment)
        done.addresses[finding.verdict] = done.addresses.get(finding.verdict, 0) + len(ids)
    return done


def due(now: datetime) -> QuerySet[ContactPoint]:
    """E-mail addresses never looked at, or whose finding holds no more; the oldest first."""
    old = Q()
    for verdict, holds in HOLDS.items():
        old |= Q(deliverability=verdict, looked_at__lt=now - holds)
    rows = ContactPoint.objects.filter(Q(looked_at=None) | old, kind=PointKind.EMAIL)
    return rows.order_by("looked_at", "pk")


@dataclass(frozen=True, slots=True)
class Found:
    """Findings by domain, and how many of them the network was asked for."""

    of: dict[str, Finding]
    asked: int


def find(
    domains: Iterable[str],
    now: datetime,
    *,
    resolver: dns.resolver.Resolver | None = None,
    proof: Proof = is_proved,
) -> Found | None:
    """What is known of these domains, the others asked for; None if the resolver is not proved."""
    wanted = list(domains)
    known = _known(wanted, now)
    missing = [domain for domain in wanted if domain not in known]
    if not missing:
        return Found(known, 0)
    found = _ask_all(missing, resolver, proof)
    if found is None:
        return None
    _remember(found, now)
    return Found(known | found, len(missing))


def _known(domains: Iterable[str], now: datetime) -> dict[str, Finding]:
    rows = MailDomain.objects.in_bulk(list(domains))
    return {
        name: Finding(Deliverability(row.verdict), row.reason)
        for name, row in rows.items()
        if row.expires_at > now
    }


def _ask_all(
    domains: list[str],
    resolver: dns.resolver.Resolver | None,
    proof: Proof,
) -> dict[str, Finding] | None:
    """Several at once, and no faster than a resolver bears; None if it cannot be trusted."""
    try:
        servers = resolver or make_resolver()
    except dns.resolver.NoResolverConfiguration:
        return None
    if not proof(servers):
        return None
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda domain: ask(domain, servers), _paced(domains))
        found = dict(zip(domains, answers, strict=True))
    # A connection that died on the way must not look like dead domains.
    return found if proof(servers) else None


def _paced(domains: list[str]) -> Iterator[str]:
    for n, domain in enumerate(domains):
        if n and n % A_SECOND == 0:
            time.sleep(1)
        yield domain


def _remember(found: dict[str, Finding], now: datetime) -> None:
    MailDomain.objects.bulk_create(
        [
            MailDomain(
                domain=domain, verdict=one.verdict, reason=one.reason, checked_at=now,
                expires_at=now + HOLDS[one.verdict],
            )
            for domain, one in found.items()
        ],
        update_conflicts=True, unique_fields=["domain"],
        update_fields=["verdict", "reason", "checked_at", "expires_at"], batch_size=500,
    )  # fmt: skip


def _grouped(
    by_domain: dict[str, list[UUID]], known: dict[str, Finding]
) -> Iterator[tuple[Finding, list[UUID]]]:
    groups: dict[Finding, list[UUID]] = defaultdict(list)
    for domain, ids in by_domain.items():
        groups[known[domain]] += ids
    yield from groups.items()


@transaction.atomic
def _note(ids: list[UUID], finding: Finding, now: datetime) -> None:
    """A dead domain makes an address unusable; what a bounce or a person said is not taken back."""
    for start in range(0, len(ids), 1000):
        rows = ContactPoint.objects.filter(pk__in=ids[start : start + 1000])
        if finding.verdict is Deliverability.UNDELIVERABLE:
            lost = list(rows.exclude(state=PointState.UNDELIVERABLE).select_for_update())
            acts = [audit.Act("address.undeliverable", point, finding.reason) for point in lost]
            audit.append_thousands(acts, actor=ACTOR)
            rows.filter(pk__in=[point.pk for point in lost]).update(
                state=PointState.UNDELIVERABLE, confidence=NO_CONFIDENCE
            )
        elif finding.verdict is Deliverability.DELIVERABLE:
            # Ours alone to take back: its domain was dead, and lives again.
            rows.filter(
                state=PointState.UNDELIVERABLE, deliverability=Deliverability.UNDELIVERABLE,
                confidence=NO_CONFIDENCE,
            ).update(state=PointState.UNVERIFIED, confidence=0.5)  # fmt: skip
        rows.update(
            deliverability=finding.verdict, deliverability_reason=finding.reason, looked_at=now
        )
