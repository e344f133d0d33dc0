"""The one door for every wish to stop: suppress, end consents, stop what waits; one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from compliance import audit, consent, suppression
from compliance.choices import ASKED, SuppressionReason, SuppressionScope
from compliance.models import Suppression
from compliance.signals import opted_out

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OptOut:
    """What a wish did: the entries that stand, queued messages cancelled, consents ended."""

    rows: tuple[Suppression, ...]
    cancelled: int
    consents_ended: int


@transaction.atomic
def opt_out(
    addresses: Iterable[tuple[str, str]],
    *,
    words: str,
    source: str,
    received_at: datetime,
    actor: str,
    reason: str = SuppressionReason.OPT_OUT,
    scope: str = SuppressionScope.ALL,
) -> OptOut:
    """Stop writing to a person at these (kind, address) pairs and whatever else is known of them.

    Idempotent. `reason` AMBIGUOUS holds them and leaves their consents alone. The apps above hear
    `signals.opted_out` in this transaction; should one of them fail, the suppression stands all
    the same, and the gate refuses what could not be cancelled.
    """
    rows = suppression.suppress_person(
        addresses, reason=reason, source=source, received_at=received_at, words=words,
        scope=scope, actor=actor,
    )  # fmt: skip
    cancelled = sum(_tell(row, words, source, received_at, reason, actor) for row in rows)
    ended = 0
    if reason in ASKED:
        ended = consent.revoke_all(
            [(row.kind, row.address) for row in rows], actor=actor, reason="They asked us to stop.",
            channels=None if scope == SuppressionScope.ALL else [scope], at=timezone.now(),
        )  # fmt: skip
    if rows and (cancelled or ended):
        audit.append(
            "opt_out.applied", rows[0], actor=actor,
            data={"addresses": len(rows), "cancelled": cancelled, "consents_ended": ended,
                  "latency_ms": rows[0].latency_ms},
        )  # fmt: skip
    return OptOut(tuple(rows), cancelled, ended)


def _tell(
    row: Suppression, words: str, source: str, received_at: datetime, reason: str, actor: str
) -> int:
    try:
        with transaction.atomic():
            heard = opted_out.send(
                sender=Suppression, kind=row.kind, address=row.address, words=words,
                source=source, received_at=received_at, reason=reason, scope=row.scope,
                actor=actor,
            )  # fmt: skip
    except Exception:
        # Losing the opt-out with it would be worse: the gate asks the list again at hand-over.
        log.exception("opt_out_not_passed_on", suppression=row.pk)
        return 0
    return sum(int(count or 0) for _receiver, count in heard)
