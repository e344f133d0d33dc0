"""Texts come in by Twilio's signed posts, stop what they ask to stop, and land in their thread."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from twilio.request_validator import RequestValidator

from compliance import suppression
from compliance.models import AuditEntry
from config.demo.twilio import TwilioStandIn
from config.home import open_campaigns
from crm.models import ContactPoint
from outreach import approvals
from outreach.inbound.process import process_open
from outreach.models import Campaign, Enrollment, Message, ProviderEvent
from tests.factories import make_approved, make_campaign, make_drafts

pytestmark = pytest.mark.django_db(transaction=True)
URL = "https://desk.example"
TOKEN = "secret-token"
OURS, THEIRS = "+13055550100", "+13055551234"


@pytest.fixture(autouse=True)
def twilio(settings: Any) -> None:
    settings.PUBLIC_URL = URL
    settings.TWILIO_AUTH_TOKEN = TOKEN
    settings.BRAND, settings.CONTACT = "Harbor Homes", "help@harbor.example"


def text(words: str, **more: str) -> dict[str, str]:
    return {"MessageSid": "SM1", "From": THEIRS, "To": OURS, "Body": words, **more}


def post(fields: dict[str, str], path: str = "/webhooks/twilio/sms", **headers: str) -> Any:
    signature = RequestValidator(TOKEN).compute_signature(URL + path, fields)
    return Client().post(path, fields, headers={"X-Twilio-Signature": signature, **headers})


@pytest.fixture
def texted(ella: User) -> Message:
    """A text of ours that reached somebody at THEIRS, who also has an e-mail address."""
    campaign = make_campaign()
    (draft,) = make_drafts(campaign, 1)
    assert draft.enrollment is not None
    ContactPoint.objects.create(contact=draft.enrollment.contact, kind="phone", value=THEIRS)
    now = timezone.now() - timedelta(hours=1)
    Message.objects.filter(pk=draft.pk).update(
        channel="sms", status="delivered", to_address=THEIRS, from_address=OURS, sent_at=now,
        hand_over_at=now, provider_message_id="SM0", subject="",
    )  # fmt: skip
    draft.refresh_from_db()
    return draft


def inbound() -> Message:
    return Message.objects.get(direction="inbound")


def test_an_answer_lands_in_the_thread_of_the_text_it_answers(texted: Message) -> None:
    assert post(text("Yes, still for sale. What do you offer?")).status_code == 200
    assert process_open() == 1
    message = inbound()
    assert (message.enrollment_id, message.channel) == (texted.enrollment_id, "sms")
    assert message.status == "processed"
    texted.refresh_from_db()
    assert texted.status == "replied"


def test_a_stop_by_text_reaches_the_mail_address_and_every_campaign(
    texted: Message, ella: User
) -> None:
    other = make_approved(1, ella, name="Another")
    enrollment = other.enrollments.get()
    assert texted.enrollment is not None
    Enrollment.objects.filter(pk=enrollment.pk).update(contact=texted.enrollment.contact)
    post(text("Please take me off your list"))
    process_open()
    assert other.messages.get().status == "cancelled"
    mail = ContactPoint.objects.get(contact=texted.enrollment.contact, kind="email").value
    found = suppression.find([("phone", THEIRS), ("email", mail)], channel="email")
    assert set(found) == {THEIRS, mail}
    assert AuditEntry.objects.filter(action="person.opted_out").exists()


@pytest.mark.parametrize(
    ("words", "more", "answer"),
    [
        ("STOP", {}, ""),  # Twilio confirms its own words
        ("STOP", {"OptOutType": "STOP"}, ""),
        ("please stop texting me", {}, "you are unsubscribed"),
        ("no me escriban más", {}, "you are unsubscribed"),
        ("HELP", {}, ""),
        ("ayuda", {}, "for help write to help@harbor.example"),
        ("Yes, still for sale", {}, ""),
        ("stop by tomorrow", {}, ""),
    ],
)
def test_what_twilio_does_not_answer_is_answered_once(
    texted: Message, words: str, more: dict[str, str], answer: str
) -> None:
    first = post(text(words, **more)).content.decode()
    assert ("<Message>" in first) is bool(answer)
    assert answer in first
    assert "<Message>" not in post(text(words, **more)).content.decode()


def test_our_own_answers_when_twilio_leaves_the_words_to_us(texted: Message, settings: Any) -> None:
    settings.TWILIO_ANSWERS_KEYWORDS = False
    assert "Reply STOP to opt out" in post(text("HELP")).content.decode()
    assert "you are unsubscribed" in post(text("STOP", MessageSid="SM2")).content.decode()


@pytest.mark.parametrize("words", ["HELP", "ayuda", "Помощь"])
def test_who_asks_for_help_has_been_told_and_needs_nobody(texted: Message, words: str) -> None:
    post(text(words))
    process_open()
    message = inbound()
    assert (message.status, "told at once" in message.reason) == ("processed", True)
    texted.refresh_from_db()
    assert texted.status == "delivered"
    [campaign] = open_campaigns()
    assert vars(campaign)["answered"] == 0, "nobody answered"
    assert not suppression.find([("phone", THEIRS)], channel="sms")


def test_a_help_read_again_is_still_no_answer_and_a_real_one_is(texted: Message) -> None:
    post(text("HELP"))
    post(text("Who is this?", MessageSid="SM2"))
    for _ in range(2):
        process_open()
        ProviderEvent.objects.update(status="received", lease_until=None)
    kinds = Message.objects.filter(direction="inbound").order_by("body")
    assert list(kinds.values_list("kind", flat=True)) == ["help", "reply"]


def test_start_lifts_nothing(texted: Message) -> None:
    post(text("STOP"))
    post(text("START", MessageSid="SM2", OptOutType="START"))
    process_open()
    assert suppression.find([("phone", THEIRS)], channel="sms")
    message = Message.objects.get(direction="inbound", body="START")
    assert message.status == "needs_attention"
    assert "until a new consent is recorded" in message.reason


def test_twilios_own_reading_adds_a_stop(texted: Message) -> None:
    post(text("No gracias amigo", OptOutType="STOP"))
    process_open()
    (row,) = suppression.find([("phone", THEIRS)], channel="sms").values()
    assert row.reason == "opt_out"


def test_the_same_text_twice_is_one(texted: Message) -> None:
    for _ in range(3):
        post(text("Hello?"))
    process_open()
    assert ProviderEvent.objects.count() == 1
    assert Message.objects.filter(direction="inbound").count() == 1


def test_a_stranger_waits_for_a_person_and_can_still_stop_us() -> None:
    post(text("remove my number from your list"))
    process_open()
    assert inbound().status == "needs_attention"
    assert suppression.find([("phone", THEIRS)], channel="sms")


def test_a_known_number_we_never_texted_finds_its_contact(texted: Message) -> None:
    assert texted.enrollment is not None
    ContactPoint.objects.create(
        contact=texted.enrollment.contact, kind="phone", value="+13055559999"
    )
    post(text("This is my new phone", From="+13055559999"))
    process_open()
    assert inbound().enrollment_id == texted.enrollment_id


def test_a_short_code_or_name_as_sender_breaks_nothing() -> None:
    post(text("STOP", From="26262"))
    post(text("stop", From="BANK", MessageSid="SM3"))
    process_open()
    assert ProviderEvent.objects.filter(status="needs_attention").count() == 2
    assert not ProviderEvent.objects.filter(detail__contains="failed").exists()


def test_pictures_are_named_with_the_words(texted: Message) -> None:
    post(text("See here", NumMedia="1", MediaUrl0="https://api.twilio.example/m/1"))
    process_open()
    assert "[picture: https://api.twilio.example/m/1]" in inbound().body


@pytest.mark.parametrize("signature", ["", "bm90IGl0", "RSOYDt4T1cUTdK1PDd93/VVr8B8="])
def test_a_forged_text_is_refused_and_leaves_nothing(signature: str) -> None:
    answer = post(text("STOP"), **{"X-Twilio-Signature": signature})
    assert answer.status_code == 403
    assert ProviderEvent.objects.count() == 0


def test_a_changed_field_breaks_the_signature() -> None:
    fields = text("STOP")
    signature = RequestValidator(TOKEN).compute_signature(URL + "/webhooks/twilio/sms", fields)
    fields["From"] = "+13055550000"
    answer = Client().post(
        "/webhooks/twilio/sms", fields, headers={"X-Twilio-Signature": signature}
    )
    assert answer.status_code == 403


def test_without_a_token_the_door_is_shut(settings: Any) -> None:
    settings.TWILIO_AUTH_TOKEN = ""
    assert post(text("STOP")).status_code == 403


def test_a_forged_host_does_not_help(texted: Message) -> None:
    assert post(text("hi"), Host="evil.example").status_code in {200, 400}
    fields = text("hi", MessageSid="SM9")
    signed = RequestValidator(TOKEN).compute_signature(
        "https://evil.example/webhooks/twilio/sms", fields
    )
    answer = Client().post("/webhooks/twilio/sms", fields, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 403


def json_post(body: bytes, path: str) -> Any:
    signature = RequestValidator(TOKEN).compute_signature(URL + path, {})
    return Client().post(
        path, body, content_type="application/json", headers={"X-Twilio-Signature": signature}
    )


def test_a_json_text_is_checked_by_the_hash_of_its_body(texted: Message) -> None:
    body = json.dumps(text("Hello from JSON")).encode()
    path = f"/webhooks/twilio/sms?bodySHA256={hashlib.sha256(body).hexdigest()}"
    assert json_post(body, path).status_code == 200
    assert json_post(body + b" ", path).status_code == 403
    assert json_post(body, "/webhooks/twilio/sms").status_code == 403


def test_json_that_is_no_object_is_kept_for_a_person() -> None:
    body = b"[1, 2"
    path = f"/webhooks/twilio/sms?bodySHA256={hashlib.sha256(body).hexdigest()}"
    assert json_post(body, path).status_code == 200
    assert ProviderEvent.objects.get().status == "needs_attention"


def report(status: str, message: Message | None = None, **more: str) -> Any:
    path = "/webhooks/twilio/status"
    if message is not None:
        path += f"?message={message.pk}"
    fields = {"MessageSid": "SM0", "MessageStatus": status, "To": THEIRS, **more}
    answer = post(fields, path)
    process_open()
    return answer


def test_reports_in_any_order_end_in_the_final_state(texted: Message) -> None:
    Message.objects.update(status="sent", delivered_at=None)
    for status in ("delivered", "sent", "queued", "delivered"):
        assert report(status, texted).status_code == 204
    texted.refresh_from_db()
    assert texted.status == "delivered"
    assert texted.delivered_at is not None


def test_a_report_that_overtakes_our_own_recording_is_found_by_our_id(texted: Message) -> None:
    Message.objects.update(status="sent", provider_message_id="", delivered_at=None)
    report("delivered", texted)
    texted.refresh_from_db()
    assert texted.status == "delivered"


def test_an_undelivered_text_says_why(texted: Message) -> None:
    Message.objects.update(status="sent", delivered_at=None)
    report("undelivered", texted, ErrorCode="30003")
    texted.refresh_from_db()
    assert texted.status == "bounced"
    assert "30003" in texted.reason


def test_a_report_about_an_unknown_text_waits_for_a_person() -> None:
    report("delivered")
    assert ProviderEvent.objects.get().status == "needs_attention"


@pytest.fixture
def town(live_server: Any, settings: Any) -> Iterator[TwilioStandIn]:
    stand_in = TwilioStandIn(token=TOKEN, base_url=live_server.url)
    settings.PUBLIC_URL = live_server.url
    stand_in.start()
    yield stand_in
    stand_in.stop()


def test_over_real_http_a_home_owner_stops_us(
    town: TwilioStandIn, texted: Message, ella: User
) -> None:
    status, body = town.text_in(THEIRS, OURS, "Do not text me again")
    assert (status, "you are unsubscribed" in body) == (200, True)
    assert town.call(f"{town.base_url}/webhooks/twilio/sms", {"a": "b"}, signature="x")[0] == 403
    process_open()
    assert suppression.find([("phone", THEIRS)], channel="sms")


Approve = Callable[[Campaign], None]


def test_an_opt_out_and_everything_it_cancels_is_one_transaction(
    texted: Message, ella: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert texted.enrollment is not None
    waiting = make_drafts(make_campaign(name="Second"), 1)[0]
    Enrollment.objects.filter(pk=waiting.enrollment_id).update(contact=texted.enrollment.contact)
    approvals.approve_all(waiting.campaign, approver=ella)  # type: ignore[arg-type]
    post(text("stop texting me"))

    def crash(*_args: object, **_more: object) -> None:
        raise RuntimeError("the worker dies here")

    with monkeypatch.context() as patch:
        patch.setattr("outreach.inbound.effects.audit.append", crash)
        process_open()
    assert not suppression.find([("phone", THEIRS)], channel="sms")
    waiting.refresh_from_db()
    assert waiting.status == "approved"
    process_open(timezone.now() + timedelta(hours=1))
    assert suppression.find([("phone", THEIRS)], channel="sms")
    waiting.refresh_from_db()
    assert waiting.status == "cancelled"
