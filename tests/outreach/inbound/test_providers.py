"""Each provider's real posts over real HTTP: let in by its signature, stored once, worked off."""

import dataclasses
import json
import time
from typing import Any
from unittest import mock

import pytest
from anymail.webhooks import amazon_ses
from pytest_django.live_server_helper import LiveServer

from compliance.models import Suppression
from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from tests.outreach.inbound.providers import posting
from tests.outreach.inbound.providers.posting import Post, send
from tests.outreach.inbound.providers.replies import PDF, REPLIES, mailgun_reply
from tests.outreach.inbound.providers.reports import REPORTS, mailgun_report

pytestmark = pytest.mark.django_db(transaction=True)
WITHOUT_UNSUBSCRIBE = {"amazon_ses", "resend"}  # they have no such event
COUNTS_NO_SOFT_BOUNCE = {"mailgun"}  # it calls them "temporary" and goes on trying


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.ANYMAIL = {
        **settings.ANYMAIL,
        "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": posting.SENDGRID_PUBLIC,
        "BREVO_API_KEY": "brevo-key",
    }


def twice(server: LiveServer, post: Post) -> None:
    """A provider that did not hear our answer posts again."""
    assert [send(server.url, post) for _ in range(2)] == [200, 200]
    process_open()


@pytest.mark.parametrize("provider", REPLIES)
def test_a_reply_is_stored_once_and_lands_in_its_thread(
    provider: str, live_server: LiveServer, asked: Message
) -> None:
    twice(live_server, REPLIES[provider](asked))
    assert ProviderEvent.objects.get().status == "processed"
    reply = Message.objects.get(direction="inbound")
    assert (reply.enrollment_id, reply.status) == (asked.enrollment_id, "processed")
    assert reply.from_address == asked.to_address
    assert "We can do it for $38,500." in reply.body
    expected = [] if provider == "brevo" else ["terms.pdf"]  # fetched from its API, not posted
    assert [file.name for file in reply.attachments.all()] == expected
    assert all(file.file.read() == PDF for file in reply.attachments.all()), "byte for byte"
    asked.refresh_from_db()
    assert asked.status == "replied"


@pytest.mark.parametrize("provider", REPORTS)
def test_a_delivery_is_stored_once_and_written_down(
    provider: str, live_server: LiveServer, asked: Message
) -> None:
    twice(live_server, REPORTS[provider](asked, "delivered"))
    assert ProviderEvent.objects.get().message_id == asked.pk
    asked.refresh_from_db()
    assert (asked.status, bool(asked.delivered_at)) == ("delivered", True)


@pytest.mark.parametrize("provider", REPORTS)
def test_a_hard_bounce_suppresses_the_address(
    provider: str, live_server: LiveServer, asked: Message
) -> None:
    twice(live_server, REPORTS[provider](asked, "hard"))
    asked.refresh_from_db()
    assert asked.status == "bounced"
    suppressed = Suppression.objects.get()
    assert (suppressed.address, suppressed.reason) == (asked.to_address, "hard_bounce")


@pytest.mark.parametrize("provider", REPORTS)
def test_a_soft_bounce_suppresses_nobody(
    provider: str, live_server: LiveServer, asked: Message
) -> None:
    twice(live_server, REPORTS[provider](asked, "soft"))
    asked.refresh_from_db()
    assert asked.status == ("sent" if provider in COUNTS_NO_SOFT_BOUNCE else "bounced")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("provider", REPORTS)
def test_a_complaint_stops_the_person(
    provider: str, live_server: LiveServer, asked: Message
) -> None:
    twice(live_server, REPORTS[provider](asked, "complained"))
    asked.refresh_from_db()
    assert asked.status == "complained"
    assert Suppression.objects.get().reason == "complaint"


@pytest.mark.parametrize("provider", sorted(set(REPORTS) - WITHOUT_UNSUBSCRIBE))
def test_the_providers_own_unsubscribe_link_reaches_every_address(
    provider: str, live_server: LiveServer, asked: Message
) -> None:
    asked.enrollment.contact.points.create(kind="phone", value="+12015550118")  # type: ignore[union-attr]
    twice(live_server, REPORTS[provider](asked, "unsubscribed"))
    assert set(Suppression.objects.values_list("address", "reason")) == {
        (asked.to_address, "opt_out"),
        ("+12015550118", "opt_out"),
    }


def forge(post: Post, **changes: Any) -> Post:
    return dataclasses.replace(post, **changes)


def without(post: Post, *names: str) -> Post:
    return forge(post, headers={k: v for k, v in post.headers.items() if k not in names})


SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
FORGERIES = {
    "postmark without the secret": lambda a: without(
        REPLIES["postmark"](a), "Authorization"
    ),
    "sendgrid mail without the secret": lambda a: without(
        REPLIES["sendgrid"](a), "Authorization"
    ),
    "sendgrid report without a signature": lambda a: without(
        REPORTS["sendgrid"](a, "hard"), SIGNATURE
    ),
    "sendgrid report with other words than were signed": lambda a: forge(
        REPORTS["sendgrid"](a, "hard"), body=REPORTS["sendgrid"](a, "complained").body
    ),
    "mailgun mail with a signature by another key": lambda a: mailgun_reply(
        a, **{**posting.mailgun_signature("t"), "signature": "0" * 64}
    ),
    "mailgun report with another token than was signed": lambda a: mailgun_report(
        a, "hard", **{**posting.mailgun_signature("t"), "token": "u"}
    ),
    "mailgun report with a signature of last week": lambda a: mailgun_report(
        a, "hard", **posting.mailgun_signature("t", time.time() - 7 * 86400)
    ),
    "amazon with a wrong secret": lambda a: forge(
        REPLIES["amazon_ses"](a),
        headers={**REPLIES["amazon_ses"](a).headers, "Authorization": "Basic d3Jvbmc6b25l"},
    ),
    "amazon with another id in the header": lambda a: forge(
        REPLIES["amazon_ses"](a),
        headers={**REPLIES["amazon_ses"](a).headers, "x-amz-sns-message-id": "another"},
    ),
    "amazon with a body that is no JSON": lambda a: forge(
        REPLIES["amazon_ses"](a), body=b"{nothing"
    ),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_is_not_signed_as_configured_is_refused_and_not_stored(
    forgery: str, live_server: LiveServer, asked: Message
) -> None:
    assert send(live_server.url, FORGERIES[forgery](asked)) == 403
    assert not ProviderEvent.objects.exists()


def test_a_used_mailgun_signature_carries_no_second_event(
    live_server: LiveServer, asked: Message
) -> None:
    signature = posting.mailgun_signature("once")
    genuine = mailgun_report(asked, "delivered", **signature)
    forged = mailgun_report(asked, "complained", **signature)
    assert send(live_server.url, genuine) == 200
    assert send(live_server.url, forged) == 200
    assert send(live_server.url, mailgun_reply(asked, **signature)) == 403
    process_open()
    assert [event.event_type for event in ProviderEvent.objects.all()] == ["delivered"]
    assert not Suppression.objects.exists()


def test_amazon_is_asked_for_the_secret_before_it_sends_it(
    live_server: LiveServer, asked: Message
) -> None:
    post = without(REPLIES["amazon_ses"](asked), "Authorization")
    assert send(live_server.url, post) == 401
    assert not ProviderEvent.objects.exists()


def test_amazons_subscription_is_confirmed_for_who_knows_the_secret(
    live_server: LiveServer, asked: Message
) -> None:
    path = "/anymail/amazon_ses/inbound/"
    post = posting.sns(path, "You have chosen to subscribe", kind="SubscriptionConfirmation")
    with mock.patch.object(amazon_ses.AmazonSESBaseWebhookView, "get_boto_client") as client:
        assert send(live_server.url, post) == 200
        stranger = forge(post, headers={**post.headers, "Authorization": "Basic d3Jvbmc6b25l"})
        assert send(live_server.url, stranger) == 403
    client.return_value.confirm_subscription.assert_called_once()


def test_amazon_may_speak_of_two_people_in_one_post(
    live_server: LiveServer, asked: Message
) -> None:
    post = REPORTS["amazon_ses"](asked, "hard")
    envelope = json.loads(post.body)
    message = json.loads(envelope["Message"])
    message["bounce"]["bouncedRecipients"].append({"emailAddress": "copied@jets.example"})
    envelope["Message"] = json.dumps(message)
    twice(live_server, forge(post, body=json.dumps(envelope).encode()))
    assert ProviderEvent.objects.count() == 2


@pytest.mark.parametrize("provider", ["postmark", "mailgun", "amazon_ses"])
def test_mail_posted_to_the_reports_address_is_kept_for_a_person(
    provider: str, live_server: LiveServer, asked: Message
) -> None:
    post = REPLIES[provider](asked)
    misdirected = forge(post, path=post.path.replace("inbound", "tracking"))
    assert send(live_server.url, misdirected) == 200
    event = ProviderEvent.objects.get()
    assert event.status == "needs_attention"
    assert bytes(event.raw) == post.body
