"""Which replies wait for a model's opinion: written in their transaction, asked after commit.

`MessageReading.ask_model_at` is queue and lease in one: who moves it ahead asks, and only whose
time still stands there when the answer has come may write. A worker that dies leaves a time that
passes, and the minute's tick asks again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from compliance.optout import Verdict
from compliance.waking import wake
from outreach.ai.client import configured
from outreach.conversations.case import MACHINES, ReplyReading
from outreach.models import Message, MessageReading

SLACK = timedelta(seconds=5)


def ask_later(message: Message, said: ReplyReading) -> None:
    """Have a model asked once the caller's transaction is committed, where one may be.

    Who clearly asked us to stop, what machines wrote and what a person labelled needs none.
    """
    if not configured() or said.opt_out_verdict is Verdict.CLEAR or said.intent in MACHINES:
        return
    rows = MessageReading.objects.filter(pk=message.pk, corrected_intent="")
    rows.update(ask_model_at=timezone.now())
    transaction.on_commit(kick)


def kick() -> None:
    """Wake a worker."""
    wake("outreach.tasks.ask_about_replies")


def next_waiting() -> tuple[UUID, datetime] | None:
    """The reply that has waited longest, and since when; None where none is due."""
    rows = MessageReading.objects.filter(ask_model_at__lte=timezone.now())
    row = rows.order_by("ask_model_at").only("ask_model_at").first()
    return (row.pk, row.ask_model_at) if row and row.ask_model_at else None


def claim(message_id: UUID, waiting_since: datetime) -> datetime | None:
    """Take the asking upon us for as long as an answer may take; None where another has it."""
    ours = timezone.now() + 2 * timedelta(seconds=settings.AI_TIMEOUT_SECONDS) + SLACK
    rows = MessageReading.objects.filter(pk=message_id, ask_model_at=waiting_since)
    return ours if rows.update(ask_model_at=ours) else None


def settle(message_id: UUID, ours: datetime) -> bool:
    """No more is to be asked; whether what was heard may be written.

    It may not where the lease went to another, the mail was worked off anew, or a person has
    corrected the reading: they are right.
    """
    rows = MessageReading.objects.filter(pk=message_id, ask_model_at=ours)
    if rows.filter(corrected_intent="").update(ask_model_at=None):
        return True
    rows.update(ask_model_at=None)
    return False
