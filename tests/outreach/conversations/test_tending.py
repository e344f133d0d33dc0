"""Every minute the worker looks after conversations: passes on, resumes, tells."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from django_q.models import Schedule

from outreach.models import Conversation, Message, StaffDuty
from outreach.schedules import ensure_schedules
from outreach.tasks import tend_conversations
from tests.outreach.conversations.conftest import Reply, talk_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_turn_passes_on_and_tells(
    touched: Message, reply: Reply, ella: User, sam: User
) -> None:
    for user in (ella, sam):
        StaffDuty.objects.create(user=user, quiet_from=None, quiet_until=None)
    heard = reply(touched, "Yes, I am interested. Can you call me tomorrow at 10?")
    tend_conversations()
    assert [one.to for one in mail.outbox] == [["ella@desk.example"]]
    Conversation.objects.update(pass_on_at=timezone.now() - timedelta(seconds=1))
    tend_conversations()
    assert talk_of(heard).owner == sam
    assert [one.to for one in mail.outbox[1:]] == [["sam@desk.example"]]
    tend_conversations()
    assert len(mail.outbox) == 2


def test_it_is_scheduled_every_minute(db: None) -> None:
    ensure_schedules()
    row = Schedule.objects.get(func="outreach.tasks.tend_conversations")
    assert (row.schedule_type, row.minutes) == (Schedule.MINUTES, 1)
