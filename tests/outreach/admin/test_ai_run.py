"""The record of what was asked of the model: everybody may read it, nobody may change it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from outreach.models import AiRun

pytestmark = pytest.mark.django_db
LIST = reverse("admin:outreach_airun_changelist")


@pytest.fixture
def run() -> AiRun:
    return AiRun.objects.create(
        purpose="read_quote", model="m", error="The answer does not fit its schema: price"
    )


def test_a_run_shows_why_its_answer_was_not_used(run: AiRun, ann: User, client_of: Any) -> None:
    assert "not used" in client_of(ann).get(LIST).content.decode()
    page = client_of(ann).get(reverse("admin:outreach_airun_change", args=[run.pk]))
    assert "does not fit its schema" in page.content.decode()


@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_not_even_an_administrator_changes_the_record(
    run: AiRun, client_of: Any, page: str
) -> None:
    boss = User.objects.create_superuser("boss")
    where = reverse(f"admin:outreach_airun_{page}", args=[] if page == "add" else [run.pk])
    assert client_of(boss).post(where, {"post": "yes"}).status_code == 403
    assert AiRun.objects.filter(pk=run.pk).exists()


def test_the_list_asks_the_same_questions_however_long(run: AiRun, client_of: Any) -> None:
    browser = client_of(User.objects.create_superuser("boss"))
    browser.get(LIST)  # what is cached once for all
    with CaptureQueriesContext(connection) as short:
        browser.get(LIST)
    AiRun.objects.bulk_create(AiRun(purpose="read_quote", model="m") for _ in range(50))
    with CaptureQueriesContext(connection) as long:
        browser.get(LIST)
    assert len(long) == len(short)
