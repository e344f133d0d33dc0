"""The point of no return: one statement that lets a message go if nothing speaks against it."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.db.models import Q

from compliance import suppression
from compliance.choices import AddressKind
from compliance.models import Suppression
from outreach import lifecycle
from outreach.choices import TOUCHES, Channel, EnrollmentStatus
from outreach.models import Approval, Campaign, Enrollment, Mailbox, Message, OutreachPolicy
from outreach.sending.render import rfc_message_id

# Raw, because it runs once per message between claim and provider: everything that may have
# been committed since the claim (pause, opt-out, edit, cancel) is asked in the statement that
# commits "handed over from here on", so no gap is left between asking and going.
STATEMENT = f"""
UPDATE {Message._meta.db_table}
SET hand_over_at = %s, attempts = attempts + 1, lease_until = %s, rfc_message_id = %s
WHERE id = %s AND status = 'sending' AND claimed_by = %s AND version = %s AND hand_over_at IS NULL
AND EXISTS (SELECT 1 FROM {Campaign._meta.db_table} c
            WHERE c.id = %s AND c.paused_at IS NULL AND c.status = 'active')
AND EXISTS (SELECT 1 FROM {Mailbox._meta.db_table} b WHERE b.id = %s AND b.paused_at IS NULL)
AND NOT EXISTS (SELECT 1 FROM {OutreachPolicy._meta.db_table} p WHERE p.paused_at IS NOT NULL)
AND EXISTS (SELECT 1 FROM {Approval._meta.db_table} a
            WHERE a.message_id = %s AND a.voided_at IS NULL AND a.content_hash = %s)
AND NOT EXISTS (SELECT 1 FROM {Suppression._meta.db_table} s
                WHERE s.lifted_at IS NULL AND s.scope IN ('all', %s) AND s.address IN (KEYS))
AND NOT EXISTS (SELECT 1 FROM {Enrollment._meta.db_table} e
                WHERE e.id = %s AND (e.status = 'stopped' OR e.last_inbound_at >= %s))
"""  # noqa: S608  table names are ours; every value is a parameter


def begin(message: Message, *, worker: str, now: datetime) -> bool:
    """Commit that hand-over begins; False if the message may not go any more.

    Must be called outside a transaction: what it writes has to be durable before the provider
    is spoken to.
    """
    adapt = connection.ops.adapt_datetimefield_value
    key = Message._meta.pk.get_db_prep_value  # type: ignore[union-attr]
    mail = message.channel == Channel.EMAIL
    keys = suppression.keys(AddressKind.EMAIL if mail else AddressKind.PHONE, message.to_address)
    lease = now + timedelta(seconds=settings.SEND_LEASE_SECONDS + settings.EMAIL_TIMEOUT)
    parameters = [
        adapt(now),
        adapt(lease),
        rfc_message_id(message),
        key(message.pk, connection),
        worker,
        message.version,
        key(message.campaign_id, connection),
        key(message.mailbox_id, connection),
        key(message.pk, connection),
        lifecycle.content_hash(message),
        message.channel,
        *keys,
        key(message.enrollment_id if message.kind in TOUCHES else None, connection),
        adapt(message.approved_at),
    ]
    return _execute(_statement(len(keys)), parameters) == 1


def answered_meanwhile(message: Message) -> bool:
    """Whether the person wrote, or was stopped, after a touch of ours was approved."""
    if message.kind not in TOUCHES or not (message.approved_at and message.enrollment_id):
        return False
    return Enrollment.objects.filter(
        Q(status=EnrollmentStatus.STOPPED) | Q(last_inbound_at__gte=message.approved_at),
        pk=message.enrollment_id,
    ).exists()


@cache
def _statement(keys: int) -> str:
    """The statement for an address that so many keys of the suppression list stop."""
    return STATEMENT.replace("KEYS", ", ".join(["%s"] * keys) or "NULL")


def _execute(statement: str, parameters: list[Any]) -> int:
    """Rows changed. PostgreSQL plans the statement once a connection, not once a message.

    Django's own cursors bind on the client, which can't be prepared.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return int(cursor.rowcount)
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount
