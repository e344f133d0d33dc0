"""The point of no return: one statement that lets a message go if nothing speaks against it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection
from django.db.models import F

from compliance import suppression
from compliance.choices import AddressKind, ConsentPurpose
from compliance.models import InternalDncNumber, Suppression
from outreach import lifecycle
from outreach.choices import TOUCHES, Channel, EnrollmentStatus, MessageStatus
from outreach.models import Approval, Campaign, Enrollment, Mailbox, Message, OutreachPolicy
from outreach.outbounds import purpose_of
from outreach.sending.render import rfc_message_id

# Raw, because it runs between claim and provider: everything that may have been committed since
# the claim (pause, opt-out, edit, cancel) is asked in the statement that commits "handed over from
# here on", so no gap is left between asking and going. The state is asked for in a form no index
# serves: by statistics few messages are being sent, and PostgreSQL would walk all that are instead
# of taking those few.
STATEMENT = f"""
UPDATE {Message._meta.db_table} AS m
SET hand_over_at = %s, attempts = attempts + 1, lease_until = %s, rfc_message_id = q.message_id
FROM (SELECT COLUMNS) q
WHERE m.id = q.message AND m.claimed_by = q.worker AND m.version = q.version
AND m.hand_over_at IS NULL AND (m.status = 'sending') IS TRUE
AND EXISTS (SELECT 1 FROM {Campaign._meta.db_table} c
            WHERE c.id = q.campaign AND c.paused_at IS NULL AND c.status = 'active')
AND EXISTS (SELECT 1 FROM {Mailbox._meta.db_table} b
            WHERE b.id = q.mailbox AND b.paused_at IS NULL)
AND NOT EXISTS (SELECT 1 FROM {OutreachPolicy._meta.db_table} p WHERE p.paused_at IS NOT NULL)
AND EXISTS (SELECT 1 FROM {Approval._meta.db_table} a
            WHERE a.message_id = q.message AND a.voided_at IS NULL AND a.content_hash = q.content)
AND NOT EXISTS (SELECT 1 FROM {Suppression._meta.db_table} s
                WHERE s.lifted_at IS NULL AND s.scope IN ('all', q.channel)
                AND s.address OF KEYS)
AND NOT EXISTS (SELECT 1 FROM {Enrollment._meta.db_table} e
                WHERE e.id = q.touched
                AND (e.status = 'stopped' OR e.last_inbound_at >= q.approved_at))
AND NOT EXISTS (SELECT 1 FROM {Enrollment._meta.db_table} e
                WHERE e.id = q.in_sequence
                AND (e.status = 'handed_over' OR e.paused_at IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM {InternalDncNumber._meta.db_table} d
                WHERE d.lifted_at IS NULL AND d.phone = q.phone)
RETURNING id
"""  # noqa: S608  table names are ours; every value is a parameter
# What is asked of one message, with PostgreSQL's types.
COLUMNS = {
    "message": "uuid", "message_id": "text", "worker": "text", "version": "int", "campaign": "uuid",
    "mailbox": "uuid", "content": "text", "channel": "text", "keys": "text[]", "touched": "uuid",
    "approved_at": "timestamptz", "in_sequence": "uuid", "phone": "bigint",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the database before a message goes, as JSON; made ahead of its turn."""

    message_id: UUID
    worker: str
    text: str


def question(message: Message, *, worker: str) -> Question:
    """Whether this message, as it was claimed, may go."""
    mail = message.channel == Channel.EMAIL
    selling = purpose_of(message) == ConsentPurpose.MARKETING
    keys = suppression.keys(AddressKind.EMAIL if mail else AddressKind.PHONE, message.to_address)
    asked = {
        "message": message.pk,
        "message_id": rfc_message_id(message),
        "worker": worker,
        "version": message.version,
        "campaign": message.campaign_id,
        "mailbox": message.mailbox_id,
        "content": lifecycle.content_hash(message),
        "channel": message.channel,
        "keys": keys,
        "touched": message.enrollment_id if message.kind in TOUCHES else None,
        "approved_at": message.approved_at,
        "in_sequence": message.enrollment_id if message.step is not None else None,
        "phone": None if mail or not selling else int(message.to_address.removeprefix("+")),
    }
    return Question(message.pk, worker, json.dumps(asked, default=_as_text))


def begin(asked: Sequence[Question], *, now: datetime) -> set[UUID]:
    """Commit that hand-over begins, of those that may still go; which these are.

    Must be called outside a transaction: what it writes has to be durable before the provider
    is spoken to.
    """
    lease = now + timedelta(seconds=settings.SEND_LEASE_SECONDS + settings.EMAIL_TIMEOUT)
    asked_of_all = f"[{','.join(one.text for one in asked)}]"
    moments = map(connection.ops.adapt_datetimefield_value, (now, lease))
    with _cursor() as cursor:
        cursor.execute(_statement(connection.vendor), [*moments, asked_of_all])
        return {id_ if isinstance(id_, UUID) else UUID(id_) for (id_,) in cursor.fetchall()}


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


@contextmanager
def _cursor() -> Iterator[Any]:
    """On PostgreSQL one that prepares: to plan the statement takes longer than to carry it out.

    Django's own cursors bind on the client, so that nothing can be prepared.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        yield cursor


@cache
def _statement(vendor: str) -> str:
    if vendor == "postgresql":
        typed = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        source, keys = f"* FROM jsonb_to_recordset(%s::jsonb) AS given({typed})", "= ANY(q.keys)"
    else:
        taken = ", ".join(f"value ->> '$.{name}' AS {name}" for name in COLUMNS)
        source, keys = f"{taken} FROM json_each(%s)", "IN (SELECT value FROM json_each(q.keys))"
    return STATEMENT.replace("COLUMNS", source).replace("OF KEYS", keys)


def _as_text(value: UUID | datetime) -> str:
    """As the database in use reads ids, both without dashes, and moments."""
    if isinstance(value, UUID):
        return value.hex
    return str(connection.ops.adapt_datetimefield_value(value))
