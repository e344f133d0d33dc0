"""Staff keep the knowledge base; who changed what we say is on record."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from compliance.models import AuditEntry
from outreach.models import KnowledgeEntry

pytestmark = pytest.mark.django_db
ADD = reverse("admin:outreach_knowledgeentry_add")
FORM = {
    "question": "Do you charge a fee?", "phrasings": "What does it cost?\n\nAny commission?",
    "answer": "There is no fee.", "language": "en", "campaign": "", "holds_until": "",
    "is_active": "on",
}  # fmt: skip


def test_an_entry_keeps_every_way_to_ask_and_who_wrote_it(
    ella: User, client_of: Callable[[User], Client]
) -> None:
    client_of(ella).post(ADD, FORM)
    entry = KnowledgeEntry.objects.get()
    assert entry.asked_as() == ["Do you charge a fee?", "What does it cost?", "Any commission?"]
    assert entry.updated_by == "ella"
    assert AuditEntry.objects.filter(action="knowledge.added", actor="ella").exists()


def test_the_same_question_twice_is_refused_in_words(
    ella: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(ella)
    browser.post(ADD, FORM)
    assert b"already exists" in browser.post(ADD, FORM).content
    assert KnowledgeEntry.objects.count() == 1
