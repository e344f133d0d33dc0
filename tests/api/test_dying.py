"""A call whose process dies after the act and before its answer is kept: again, it acts once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from crm.models import Contact, Lead, Request
from outreach import api_keys, idempotency
from outreach.drafting import generate
from outreach.errors import NotAllowedNow
from outreach.models import ApiKey, Campaign, Message, StoredAnswer
from quotes.models import Quote
from tests.api.conftest import Program
from tests.desk import BRIEF, add_vendors
from tests.factories import make_campaign, make_drafts, make_mailbox
from tests.outreach.sequences.build import make_version

pytestmark = pytest.mark.django_db
Call = tuple[str, dict[str, Any], Callable[[], int]]


class Died(BaseException):
    """The process was killed: nothing it would have done afterwards happens."""


def die(*_values: Any, **_more: Any) -> None:
    raise Died


@pytest.fixture
def killed(program: Program, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`killed(path, body)` makes a call die where `at` is reached, and lets its time pass."""

    def call(path: str, body: Any, at: Any = idempotency, name: str = "finish") -> None:
        with monkeypatch.context() as patch:
            patch.setattr(at, name, die)
            patch.setattr(idempotency, "abandon", lambda stored: None)
            patch.setattr(idempotency, "let_go", lambda stored: None, raising=False)
            with pytest.raises(Died):
                program.post(path, body, Idempotency_Key="one")
        again = program.post(path, body, Idempotency_Key="one")
        assert again.status_code == 409, "whether it died cannot be known yet"
        longer = idempotency.ABANDONED_AFTER + timedelta(minutes=1)
        StoredAnswer.objects.update(begun_at=timezone.now() - longer)

    return call


def a_quote() -> Call:
    thread = make_drafts(make_campaign(), 1)[0].enrollment
    assert thread is not None
    body = {"enrollment_id": str(thread.pk), "price": "38500.00", "currency": "usd"}
    return f"/api/campaigns/{thread.campaign_id}/quotes", body, Quote.objects.count


def a_drip() -> Call:
    make_mailbox()
    body = {"name": "Owners"}
    return f"/api/sequences/{make_version().sequence_id}/campaign", body, Campaign.objects.count


def a_person() -> Call:
    return "/api/contacts", {"name": "Nora Quist"}, Contact.objects.count


def a_lead() -> Call:
    contact = Contact.objects.create(name="Nora Quist")
    return "/api/leads", {"contact_id": str(contact.pk)}, Lead.objects.count


def a_brief() -> Call:
    return "/api/requests", {"text": BRIEF}, Request.objects.count


def a_request_to_vendors() -> Call:
    wanted = make_campaign().request
    assert wanted is not None
    add_vendors(2)
    return f"/api/requests/{wanted.pk}/campaign", {}, Campaign.objects.count


CALLS = [a_quote, a_drip, a_person, a_lead, a_brief, a_request_to_vendors]


@pytest.mark.parametrize("prepare", CALLS)
def test_what_was_made_is_made_once(
    program: Program, killed: Callable[..., None], prepare: Callable[[], Call]
) -> None:
    path, body, count = prepare()
    before = count()
    killed(path, body)

    again = program.post(path, body, Idempotency_Key="one")
    assert again.status_code == 201, again.content
    assert count() == before + 1
    assert program.post(path, body, Idempotency_Key="one").json() == again.json()
    assert count() == before + 1


def test_a_campaign_whose_drafting_died_is_found_again(
    program: Program, killed: Callable[..., None]
) -> None:
    path, body, count = a_request_to_vendors()
    before = count()
    killed(path, body, generate, "store")

    again = program.post(path, body, Idempotency_Key="one")
    assert again.status_code == 201, again.content
    assert count() == before + 1


def test_a_campaign_whose_drafting_broke_is_found_again(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, body, count = a_request_to_vendors()
    before = count()
    with monkeypatch.context() as patch:
        patch.setattr(generate, "store", die)
        with pytest.raises(Died):
            program.post(path, body, Idempotency_Key="one")

    assert program.post(path, body, Idempotency_Key="one").status_code == 201
    assert count() == before + 1


def test_a_refused_campaign_may_be_sent_again_once_there_is_a_vendor(program: Program) -> None:
    wanted = make_campaign().request
    assert wanted is not None
    path = f"/api/requests/{wanted.pk}/campaign"
    assert program.post(path, {}, Idempotency_Key="one").status_code == 422
    add_vendors(1)
    assert program.post(path, {}, Idempotency_Key="one").status_code == 201
    assert Message.objects.count() == 1


def test_a_slow_call_that_was_overtaken_undoes_itself(boss: User) -> None:
    key: ApiKey = api_keys.create(owner=boss, name="x", scopes=["leads:read"], actor="x")[0]
    slow = idempotency.begin(key, "t", "f")
    past = timezone.now() - idempotency.ABANDONED_AFTER - timedelta(minutes=1)
    StoredAnswer.objects.update(begun_at=past)
    slow.begun_at = past
    second = idempotency.begin(key, "t", "f")

    with pytest.raises(NotAllowedNow):
        idempotency.finish(slow, 201, {"by": "slow"})
    idempotency.abandon(slow)
    idempotency.finish(second, 201, {"by": "second"})
    assert idempotency.begin(key, "t", "f").body == {"by": "second"}
