"""News is signed, tried until it is taken, never lost, and never told to who must not hear it."""

import gzip
import json
from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from outreach.models import WebhookDelivery, WebhookEndpoint
from outreach.webhooks import deliver, endpoints, hearing
from outreach.webhooks.deliver import LEASE, WAITS, deliver_due
from outreach.webhooks.events import announce, ping
from tests.outreach.webhooks.listener import Listener

pytestmark = pytest.mark.django_db
NEWS = {"message_id": "m1", "intent": "interested"}


def only() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def test_news_arrives_signed_so_that_any_standard_library_verifies_it(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    assert announce("reply.received", NEWS) == 1
    assert deliver_due() == 1
    (heard,) = listener.heard
    told = Webhook(endpoints.secrets_of(endpoint)[0]).verify(heard.body, heard.headers)
    assert (told["type"], told["data"]) == ("reply.received", NEWS)
    assert heard.headers["webhook-id"] == str(only().event_id)
    assert heard.headers["host"] == listener.url.split("/")[2]
    row = only()
    assert (row.status, row.response_status, row.response_excerpt) == ("delivered", 200, "thanks")


def test_a_changed_body_is_seen_by_the_listener(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    announce("lead.hot", NEWS)
    deliver_due()
    (heard,) = listener.heard
    forged = heard.body.replace(b"interested", b"not_at_all")
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoints.secrets_of(endpoint)[0]).verify(forged, heard.headers)


def test_what_is_not_taken_comes_again_with_the_same_id_and_body(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    listener.answers = [500, 200]
    announce("reply.received", NEWS)
    deliver_due()
    row = only()
    assert (row.status, row.attempts, row.response_status) == ("pending", 1, 500)
    assert deliver_due(timezone.now()) == 0, "it waits its turn"
    assert deliver_due(timezone.now() + WAITS[0]) == 1
    first, second = listener.heard
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert only().status == "delivered"


def test_the_tries_end_and_the_endpoint_is_turned_off_with_the_reason(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    listener.answers, listener.words = [503], b"down for good"
    announce("reply.received", NEWS)
    now = timezone.now()
    for wait in (timedelta(), *WAITS):
        now += wait + timedelta(seconds=5)
        assert deliver_due(now) == 1
    assert only().status == "failed"
    endpoint.refresh_from_db()
    assert "down for good" in endpoint.disabled_reason
    assert announce("reply.received", NEWS) == 0
    assert len(listener.heard) == len(WAITS) + 1


def test_who_answers_gone_hears_no_more(endpoint: WebhookEndpoint, listener: Listener) -> None:
    listener.answers = [410]
    announce("reply.received", NEWS)
    deliver_due()
    endpoint.refresh_from_db()
    assert endpoint.disabled_at
    assert only().status == "failed"


def test_nobody_at_the_address_is_a_try_like_another(endpoint: WebhookEndpoint) -> None:
    WebhookEndpoint.objects.update(url="http://127.0.0.1:9/hook")
    announce("reply.received", NEWS)
    deliver_due()
    row = only()
    assert (row.status, row.response_status) == ("pending", None)
    assert "Connect" in row.response_excerpt


def test_a_slow_listener_is_not_waited_for(
    endpoint: WebhookEndpoint, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "TIMEOUT", 0.2)
    listener.slow = 0.6
    announce("reply.received", NEWS)
    deliver_due()
    assert only().status == "pending"


def test_a_redirect_is_not_followed(endpoint: WebhookEndpoint, listener: Listener) -> None:
    listener.answers, listener.location = [302, 200], listener.url + "/elsewhere"
    announce("reply.received", NEWS)
    deliver_due()
    assert [heard.path for heard in listener.heard] == ["/hook"]
    assert only().status == "pending"


def test_an_endless_or_binary_answer_is_cut(endpoint: WebhookEndpoint, listener: Listener) -> None:
    listener.words = b"\x00\xff" * 100_000
    announce("reply.received", NEWS)
    deliver_due()
    assert len(only().response_excerpt) <= 500
    assert "\x00" not in only().response_excerpt


def test_a_packed_answer_is_asked_of_nobody_and_not_unpacked(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    listener.words, listener.encoding = gzip.compress(b"0" * 50_000_000), "gzip"
    announce("reply.received", NEWS)
    deliver_due()
    assert listener.heard[0].headers["accept-encoding"] == "identity"
    assert only().status == "delivered"
    assert not only().response_excerpt.startswith("000")


def test_a_claim_belongs_to_one_worker_and_ends_with_its_lease(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    announce("reply.received", NEWS)
    now = timezone.now()
    assert deliver._claim(now), "a worker that dies here"
    assert deliver_due(now) == 0
    assert deliver_due(now + LEASE) == 1
    assert len(listener.heard) == 1


def test_news_rolled_back_is_never_told(endpoint: WebhookEndpoint) -> None:
    with transaction.atomic():
        announce("reply.received", NEWS)
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()


def test_only_who_subscribed_hears(endpoint: WebhookEndpoint, listener: Listener) -> None:
    WebhookEndpoint.objects.update(events=["lead.hot"])
    assert announce("reply.received", NEWS) == 0
    ping(endpoint)
    deliver_due()
    assert json.loads(listener.heard[0].body)["type"] == "ping"


def test_after_a_rotation_old_and_new_secret_verify_for_a_day(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    (old,) = endpoints.secrets_of(endpoint)
    new = endpoints.rotate(endpoint, actor="ella")
    announce("reply.received", NEWS)
    deliver_due()
    (heard,) = listener.heard
    assert old != new
    for secret in (old, new):
        Webhook(secret).verify(heard.body, heard.headers)
    endpoint.rotated_at = timezone.now() - timedelta(hours=25)
    assert endpoints.secrets_of(endpoint) == [new]


def test_an_ended_delivery_can_be_sent_again(endpoint: WebhookEndpoint, listener: Listener) -> None:
    announce("reply.received", NEWS)
    assert not endpoints.send_again(only(), actor="ella"), "it still waits"
    deliver_due()
    assert endpoints.send_again(only(), actor="ella")
    deliver_due()
    assert len(listener.heard) == 2


def test_an_erased_person_is_blanked_in_the_log(endpoint: WebhookEndpoint) -> None:
    person = uuid4()
    announce("reply.received", {"who": "Priya"}, contact_id=person)
    announce("contact.opted_out", {"address": "p@x.example"}, address="p@x.example")
    assert hearing.forget(person, ["p@x.example"]) == 2
    assert {str(row.payload) for row in WebhookDelivery.objects.all()} == {"{}"}


def test_one_that_cannot_even_be_put_in_form_leaves_the_others_of_its_batch_alone(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    announce("reply.received", {"message_id": "m0"})
    announce("reply.received", NEWS)
    announce("reply.received", {"message_id": "m2"})
    sent = deliver.body_of

    def body_of(row: WebhookDelivery) -> str:
        # Half of a pair of surrogates: no bytes can be made of it.
        return '"\ud83d"' if row.payload["data"] == NEWS else sent(row)

    with mock.patch.object(deliver, "body_of", body_of):
        assert deliver_due() == 3
    assert len(listener.heard) == 2
    rows = {row.payload["data"]["message_id"]: row for row in WebhookDelivery.objects.all()}
    assert [rows[name].status for name in ("m0", "m1", "m2")] == [
        "delivered",
        "pending",
        "delivered",
    ]
    assert "A mistake of ours" in rows["m1"].response_excerpt
    assert deliver_due(timezone.now() + WAITS[0]) == 1, "it comes again by itself"
    assert len(listener.heard) == 3


def test_one_answer_that_cannot_be_written_down_leaves_the_others_alone(
    endpoint: WebhookEndpoint, listener: Listener
) -> None:
    for name in ("m0", "m1", "m2"):
        announce("reply.received", {"message_id": name})
    written = deliver._record

    def record(row: WebhookDelivery, answer: deliver.Answer) -> None:
        if row.payload["data"]["message_id"] == "m1":
            raise RuntimeError("whatever it was")
        written(row, answer)

    with mock.patch.object(deliver, "_record", record):
        assert deliver_due() == 3
    assert WebhookDelivery.objects.filter(status="delivered").count() == 2
    assert deliver_due(timezone.now() + LEASE) == 1, "its lease brings it again"
    assert WebhookDelivery.objects.filter(status="delivered").count() == 3


def test_an_unknown_event_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="no event"):
        announce("reply.recieved", {})
