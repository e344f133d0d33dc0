"""Keeps everybody to one marketing message in 24 hours, whatever sends at the same moment.

The gate sees what has left already; two workers with two campaigns would both see nothing. So
the day is taken in the database, in one statement, before anything is handed over.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from outreach.models import Enrollment, MarketingTouch, Message
from outreach.outbounds import purpose_of

DAY = timedelta(hours=24)
ROWS = 200


def take(messages: Sequence[Message], now: datetime) -> dict[UUID, datetime]:
    """Take the day of each message's contact; returns when those that may not go may, by id.

    Only marketing messages ask. One that holds the day already (a retry) keeps it.
    """
    asking = [message for message in messages if _asks(message)]
    contacts = dict(
        Enrollment.objects.filter(pk__in=[m.enrollment_id for m in asking]).values_list(
            "pk", "contact"
        )
    )
    first: dict[UUID, UUID] = {}
    for message in asking:
        first.setdefault(contacts[message.enrollment_id], message.pk)  # type: ignore[index]
    _swap(first, now)
    rows = MarketingTouch.objects.filter(contact__in=first)
    holders = {row.contact_id: row for row in rows}
    held = {}
    for message in asking:
        row = holders[contacts[message.enrollment_id]]  # type: ignore[index]
        if row.message_id != message.pk:
            held[message.pk] = row.at + DAY
    return held


def give_back(message_ids: Iterable[UUID]) -> None:
    """Free the day of messages that did not leave; the day before it was over anyway."""
    MarketingTouch.objects.filter(message_id__in=list(message_ids)).delete()


def left_at(messages: Iterable[Message], at: datetime) -> None:
    """Count the day from when the messages really left."""
    ids = [message.pk for message in messages if _asks(message)]
    MarketingTouch.objects.filter(message_id__in=ids).update(at=at)


def _asks(message: Message) -> bool:
    return message.enrollment_id is not None and purpose_of(message) == "marketing"


def _swap(first: dict[UUID, UUID], now: datetime) -> None:
    """Raw, because the condition must be part of the upsert: nobody may come in between."""
    table = MarketingTouch._meta.db_table
    adapt = connection.ops.adapt_datetimefield_value
    key = MarketingTouch._meta.get_field("message_id").get_db_prep_value
    pairs = list(first.items())
    with connection.cursor() as cursor:
        for start in range(0, len(pairs), ROWS):
            chunk = pairs[start : start + ROWS]
            values = ", ".join(["(%s, %s, %s)"] * len(chunk))
            parameters = [
                value
                for contact, message in chunk
                for value in (key(contact, connection), key(message, connection), adapt(now))
            ]
            cursor.execute(
                f"INSERT INTO {table} (contact_id, message_id, at) VALUES {values} "  # noqa: S608
                "ON CONFLICT (contact_id) DO UPDATE "
                "SET message_id = excluded.message_id, at = excluded.at "
                f"WHERE {table}.at <= %s",
                [*parameters, adapt(now - DAY)],
            )
