"""What is larger than the desk takes is refused in words, as a page or as a document."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach import api_keys
from outreach.api_keys import SCOPES

pytestmark = pytest.mark.django_db
LIMIT = 2 * 1024 * 1024
WORDS = "This is larger than the 2 MB that are taken at once."


@pytest.fixture(autouse=True)
def _small(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = LIMIT


def test_a_person_reads_a_page_that_says_what_to_do(client: Client, ella: User) -> None:
    client.force_login(ella)
    answer = client.post(reverse("admin:outreach_request_create"), {"text": "x" * LIMIT})
    assert answer.status_code == 413
    page = answer.content.decode()
    assert WORDS in page
    assert "Nothing was changed" in page
    assert "Imports" in page


def test_a_form_of_too_many_fields_says_so(client: Client, ella: User, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    client.force_login(ella)
    sent = {f"field{n}": "1" for n in range(20)}
    kind = "application/x-www-form-urlencoded"
    body = "&".join(f"{name}={value}" for name, value in sent.items())
    answer = client.post(reverse("admin:outreach_request_create"), body, content_type=kind)
    assert answer.status_code == 413
    assert "more fields or files than are taken at once" in answer.content.decode()


@pytest.mark.parametrize("path", ["/api/requests", "/webhooks/twilio/sms"])
def test_a_program_gets_a_document(path: str, ella: User) -> None:
    _key, token = api_keys.create(owner=ella, name="CRM", scopes=list(SCOPES), actor="ella")
    program = Client(headers={"Authorization": f"Bearer {token}"})
    answer = program.post(path, '{"text": "' + "x" * LIMIT, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert WORDS in answer.json()["detail"]
