"""Signed posts that somebody kept, changed, or signed for another account: none takes effect."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from outreach.models import ProviderEvent
from tests.outreach.inbound.providers import signed
from tests.outreach.inbound.providers.posting import Post

pytestmark = pytest.mark.django_db
NOT_IN_THE_BODY = sorted(set(signed.SIGNED) - {"mailgun"})  # it signs a token and a time
GARBAGE = ["", "x", "====", "é" * 20, "0" * 64, "v1,AAAA", "[]"]


@pytest.fixture(autouse=True)
def _accounts(settings: Any) -> None:
    settings.ANYMAIL = signed.SETTINGS
    settings.TWILIO_AUTH_TOKEN = signed.OURS
    settings.PUBLIC_URL = signed.SERVER


@pytest.fixture
def client() -> Client:
    """A program that sees our status, whatever went wrong inside."""
    return Client(raise_request_exception=False)


each = pytest.mark.parametrize("make", signed.SIGNED.values(), ids=signed.SIGNED)


@each
def test_a_genuine_post_is_taken_and_counts_once_for_ever(
    make: Callable[..., Post], client: Client
) -> None:
    post = make()
    assert [signed.posted(client, post) // 100 for _ in range(2)] == [2, 2]
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        signed.posted(client, post)
    assert ProviderEvent.objects.get().status == "received"


@each
def test_another_accounts_signature_opens_nothing(
    make: Callable[..., Post], client: Client
) -> None:
    assert signed.posted(client, make(signed.THEIRS)) == 403
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("provider", NOT_IN_THE_BODY)
def test_a_changed_body_breaks_the_signature(provider: str, client: Client) -> None:
    post = signed.SIGNED[provider]()
    forged = dataclasses.replace(post, body=signed.otherwise(post))
    assert forged.body != post.body
    assert signed.posted(client, forged) == 403
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize("provider", signed.HEADERS)
def test_a_signature_that_is_none_is_refused_and_no_mistake_of_ours(
    provider: str, garbage: str, client: Client
) -> None:
    post = signed.SIGNED[provider]()
    assert signed.posted(client, post, **{signed.HEADERS[provider]: garbage}) == 403
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"null", b'{"signature": "x"}', b"\xff\xfe",
                                  b'{"signature": {"token": 1, "timestamp": "\xc3\xa9"}}',
                                  b'{"auth": 7}', b'{"auth": null}'])  # fmt: skip
@each
def test_a_body_that_is_none_is_refused_and_no_mistake_of_ours(
    make: Callable[..., Post], body: bytes, client: Client
) -> None:
    assert signed.posted(client, dataclasses.replace(make(), body=body)) == 403
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("make", [signed.mailgun, signed.sendgrid])
@pytest.mark.parametrize("hours", [-24 * 365, -48, 1])
def test_what_was_signed_on_another_day_was_kept_by_somebody(
    make: Callable[..., Post], hours: int, client: Client
) -> None:
    moment = (timezone.now() + timedelta(hours=hours)).timestamp()
    assert signed.posted(client, make(signed.OURS, moment)) == 403
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize(("make", "hours"), [(signed.mailgun, 8), (signed.sendgrid, 24)])
def test_what_a_provider_repeats_after_our_longest_absence_is_taken(
    make: Callable[..., Post], hours: int, client: Client
) -> None:
    moment = (timezone.now() - timedelta(hours=hours)).timestamp()
    assert signed.posted(client, make(signed.OURS, moment)) == 200


def test_a_provider_that_looks_by_get_whether_the_address_exists_finds_it(client: Client) -> None:
    assert client.get("/anymail/unisender_go/tracking/").status_code == 200
    assert client.get("/anymail/postal/tracking/").status_code == 405


def test_a_batch_that_cannot_be_is_kept_for_a_person_and_not_asked_for_again(
    client: Client,
) -> None:
    post = signed.signed_unisender({"events_by_user": [], "auth": signed.OURS})
    assert signed.posted(client, post) == 200
    assert ProviderEvent.objects.get().status == "needs_attention"
