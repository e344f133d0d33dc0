"""The point of no return: one statement that lets a message go if nothing speaks against it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import F

from compliance import suppression
from compliance.choices import AddressKind, ConsentPurpose
from compliance.models import InternalDncNumber, Suppression
from outreach import lifecycle
from outreach.choices import TOUCHES, Channel, EnrollmentStatus, MessageStatus
from outreach.models import Approval, Campaign, Enrollment, Mailbox, Message, OutreachPolicy
from outreach.outbounds import purpose_of
from outreach.sending.render import rfc_message_id

# Raw, because it runs once per message between claim and provider: everything that may have
# been committed since the claim (pause, opt-out, edit, cancel) is asked in the statement that
# commits "handed over from here on", so no gap is left between asking and going. The state is
# asked for in a form no index serves: by statistics few messages are being sent, and PostgreSQL
# would walk all that are instead of taking the one.
STATEMENT = f"""
UPDATE {Message._meta.db_table}
SET hand_over_at = %s, attempts = attempts + 1, lease_until = %s, rfc_message_id = %s
WHERE id = %s AND claimed_by = %s AND version = %s AND hand_over_at IS NULL
AND (status = 'sending') IS TRUE
AND EXISTS (SELECT 1 FROM {Campaign._meta.db_table} c
            WHERE c.id = %s AND c.paused_at IS NULL AND c.status = 'active')
AND EXISTS (SELECT 1 FROM {Mailbox._meta.db_table} b WHERE b.id = %s AND b.paused_at IS NULL)
AND NOT EXISTS (SELECT 1 FROM {OutreachPolicy._meta.db_table} p WHERE p.paused_at IS NOT NULL)
AND EXISTS (SELECT 1 FROM {Approval._meta.db_table} a
            WHERE a.message_id = %s AND a.voided_at IS NULL AND a.content_hash = %s)
AND NOT EXISTS (SELECT 1 FROM {Suppression._meta.db_table} s
                WHERE s.lifted_at IS NULL AND s.scope IN ('all', %s) AND s.address OF KEYS)
AND NOT EXISTS (SELECT 1 FROM {Enrollment._meta.db_table} e
                WHERE e.id = %s AND (e.status = 'stopped' OR e.last_inbound_at >= %s))
AND NOT EXISTS (SELECT 1 FROM {Enrollment._meta.db_table} e
                WHERE e.id = %s AND (e.status = 'handed_over' OR e.paused_at IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM {InternalDncNumber._meta.db_table} d
                WHERE d.lifted_at IS NULL AND d.phone = %s)
"""  # noqa: S608  table names are ours; every value is a parameter


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the database before a message goes; made ahead, for many in a row."""

    message_id: UUID
    worker: str
    parameters: tuple[Any, ...]


def question(message: Message, *, worker: str) -> Question:
    """Whether this message, as it was claimed, may go."""
    mail = message.channel == Channel.EMAIL
    selling = purpose_of(message) == ConsentPurpose.MARKETING
    keys = suppression.keys(AddressKind.EMAIL if mail else AddressKind.PHONE, message.to_address)
    parameters = (
        rfc_message_id(message),
        message.pk,
        worker,
        message.version,
        message.campaign_id,
        message.mailbox_id,
        message.pk,
        lifecycle.content_hash(message),
        message.channel,
        keys,
        message.enrollment_id if message.kind in TOUCHES else None,
        message.approved_at,
        message.enrollment_id if message.step is not None else None,
        None if mail or not selling else int(message.to_address.removeprefix("+")),
    )
    return Question(message.pk, worker, parameters)


def begin(asked: Sequence[Question], *, now: datetime) -> set[UUID]:
    """Commit that hand-over begins, of those that may still go; which these are.

    Must be called outside a transaction: what it writes has to be durable before the provider
    is spoken to.
    """
    lease = now + timedelta(seconds=settings.SEND_LEASE_SECONDS + settings.EMAIL_TIMEOUT)
    ids = {one.message_id for one in asked}
    if _execute([(now, lease, *one.parameters) for one in asked]) == len(ids):
        return ids
    begun = Message.objects.filter(pk__in=ids, hand_over_at=now, claimed_by=asked[0].worker)
    return set(begun.values_list("pk", flat=True))


def take_back(asked: Sequence[Question], *, begun_at: datetime) -> None:
    """Undo `begin` for messages of which not a word went out."""
    Message.objects.filter(
        pk__in=[one.message_id for one in asked],
        hand_over_at=begun_at,
        claimed_by=asked[0].worker,
        status=MessageStatus.SENDING,
    ).update(hand_over_at=None, attempts=F("attempts") - 1, rfc_message_id="")


def ended_meanwhile(message: Message) -> str:
    """Why this person gets no touch any more, in words, if that was decided after the approval."""
    if message.kind not in TOUCHES or not (message.approved_at and message.enrollment_id):
        return ""
    person = Enrollment.objects.get(pk=message.enrollment_id)
    if person.last_inbound_at and person.last_inbound_at >= message.approved_at:
        return "They replied before it left."
    if person.status == EnrollmentStatus.STOPPED:
        return person.stop_reason or "It was stopped before it left."
    if person.status == EnrollmentStatus.HANDED_OVER and message.step is not None:
        return person.stop_reason or "A person took over before it left."
    return ""


def _execute(rows: Sequence[tuple[Any, ...]]) -> int:
    """How many rows changed; on PostgreSQL in one commit, which costs more than the rest.

    It plans the statement once a connection, not once a message: Django's own cursors
    bind on the client, which can't be prepared.
    """
    session = connections[DEFAULT_DB_ALIAS]  # asked for once: each look-up costs
    if session.vendor != "postgresql":
        with session.cursor() as cursor:
            cursor.executemany(
                STATEMENT.replace("OF KEYS", "IN (SELECT value FROM json_each(%s))"),
                [[_as_text(value) for value in row] for row in rows],
            )
            return int(cursor.rowcount)
    session.ensure_connection()
    with session.wrap_database_errors, psycopg.Cursor(session.connection) as cursor:
        cursor.executemany(STATEMENT.replace("OF KEYS", "= ANY(%s)"), rows)
        return cursor.rowcount


def _as_text(value: Any) -> Any:
    """SQLite knows neither ids nor moments nor lists."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, list):
        return json.dumps(value)
    return value
