"""A person asked us to stop: every address of theirs, every thread, everything that waits."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from compliance import suppression
from compliance.choices import ASKED, SuppressionReason, SuppressionScope
from compliance.opt_outs import opt_out
from crm.choices import ADDRESS_KINDS
from crm.leads import lock_people
from crm.models import ContactPoint
from outreach import pipeline
from outreach.choices import CANCELLABLE, Direction, EnrollmentStatus
from outreach.models import Enrollment, Message
from outreach.stopping import cancel_open_messages, end_enrollments


def stop_who_opted_out(
    sender: object,
    *,
    kind: str,
    address: str,
    words: str,
    source: str,
    received_at: datetime,
    reason: str,
    scope: str,
    actor: str,
    **_signal: Any,
) -> int:
    """Hears `compliance.signals.opted_out`, in its transaction; returns how many were cancelled.

    The wish reaches every address we hold of everybody who has this one: a mailbox that two
    people share speaks for both.
    """
    people = _lock_people(kind, address)
    others = addresses_held(people) - {(kind, address)}
    if others:
        suppression.suppress_person(
            others, reason=reason, source=source, received_at=received_at, words=words,
            scope=scope, actor=actor,
        )  # fmt: skip
    held = reason == SuppressionReason.AMBIGUOUS
    why = "They may want us to stop." if held else "They asked us to stop."
    values = {address, *(value for _kind, value in others)}
    return stop_people(people, values, why=why, scope=scope, actor=actor, asked=reason in ASKED)


def _lock_people(kind: str, address: str) -> set[UUID]:
    """Who has the address, once no merge moves it: read again when the rows are ours.

    A row that merely names one of them, such as a message, does not wait for this.
    """
    lock_people(people_at([(kind, address)]))
    return people_at([(kind, address)])


@transaction.atomic
def stop_contact(
    contact_id: UUID,
    *,
    words: str,
    source: str,
    received_at: datetime,
    scope: str,
    actor: str,
) -> tuple[list[str], int]:
    """A known person asked us to stop: every address, thread and lead of theirs.

    Returns the addresses suppressed and how many messages were cancelled. Who has no address is
    stopped all the same.
    """
    done = opt_out(
        sorted(addresses_held({contact_id})), words=words, source=source, received_at=received_at,
        actor=actor, scope=scope,
    )  # fmt: skip
    more = stop_people({contact_id}, (), why="They asked us to stop.", scope=scope, actor=actor)
    return sorted(row.address for row in done.rows), done.cancelled + more


def people_at(addresses: Iterable[tuple[str, str]]) -> set[UUID]:
    """The contacts who have one of these (kind, normalised address) pairs."""
    values = {address for _kind, address in addresses}
    points = ContactPoint.objects.filter(kind__in=list(ADDRESS_KINDS), value__in=values)
    return set(points.order_by().values_list("contact", flat=True))


def addresses_held(people: Collection[UUID]) -> set[tuple[str, str]]:
    """Every address we hold of these contacts that can be suppressed, as (kind, value)."""
    points = ContactPoint.objects.filter(contact__in=people).values_list("kind", "value")
    kinds = {str(point): str(kind) for point, kind in ADDRESS_KINDS.items()}
    return {(kinds[kind], value) for kind, value in points if kind in kinds}


def stop_people(
    people: Collection[UUID],
    addresses: Collection[str],
    *,
    why: str,
    actor: str,
    scope: str = SuppressionScope.ALL,
    asked: bool = True,
) -> int:
    """Stop the people's threads and cancel what waits for them or goes to one of the addresses.

    A wish about one channel cancels that channel's messages and leaves the threads open; one that
    was not `asked` for in so many words leaves their leads. Runs in the caller's transaction;
    returns how many messages were cancelled.
    """
    if scope == SuppressionScope.ALL:
        end_enrollments(
            Enrollment.objects.filter(contact__in=people), actor=actor, reason=why,
            only_from=set(EnrollmentStatus),
        )  # fmt: skip
        if asked:
            pipeline.opted_out(people, actor=actor)
    waiting = Message.objects.filter(direction=Direction.OUTBOUND, status__in=CANCELLABLE)
    if scope != SuppressionScope.ALL:
        waiting = waiting.filter(channel=scope)
    # Asked one by one: joined by OR they could use none of their indexes.
    queries = (
        waiting.filter(enrollment__contact__in=people), waiting.filter(to_address__in=addresses)
    )  # fmt: skip
    ids = {pk for query in queries for pk in query.order_by().values_list("pk", flat=True)}
    return cancel_open_messages(actor=actor, reason=why, pk__in=ids)
