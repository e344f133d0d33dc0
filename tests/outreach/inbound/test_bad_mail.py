"""Mail as the wild writes it: whatever comes is stored, read as far as it goes, and lost never."""

import base64
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from outreach.inbound import receive
from outreach.inbound.parse import parse_mail
from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from tests.outreach.inbound.conftest import post, postmark

HEAD = b"From: Person <person0@jets.example>\r\nTo: x@y.example\r\nSubject: Re: Trip\r\n"
ID = b"Message-ID: <m1@jets.example>\r\n"
WORDS = "We can do it for $38,500."
NEVER_ENDING = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nWe can do it for $38,500.\r\n"
    b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi"
)
BAD_MAIL = {
    "a multipart that never ends": HEAD + ID + NEVER_ENDING,
    "a multipart without a boundary": HEAD
    + ID
    + b"Content-Type: multipart/alternative\r\n\r\nWe can do it for $38,500.",
    "a charset nobody knows": HEAD
    + ID
    + b"Content-Type: text/plain; charset=x-martian\r\n\r\nWe can do it for $38,500.",
    "another charset than it says": HEAD
    + ID
    + b"Content-Type: text/plain; charset=us-ascii\r\n\r\n\xfc: We can do it for $38,500.",
    "bytes that are no UTF-8": HEAD
    + ID
    + b"Content-Type: text/plain; charset=utf-8\r\n\r\nWe can do it for $38,500. \xff\xfe\xe4",
    "NUL bytes": HEAD + ID + b"\r\nWe can do it for $38,500.\x00\x00",
    "base64 that is none": HEAD
    + ID
    + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nWe can do it for $38,500.\r\n'
    + b"--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + b"!!!not base64!!!\r\n--b--",
    "no Message-ID": HEAD + b"\r\nWe can do it for $38,500.",
    "raw bytes in the subject": HEAD
    + ID
    + b"X-Note: \xe4\xf6\xfc\r\nIn-Reply-To: \xff\r\n\r\nWe can do it for $38,500.",
    "an encoded word that is none": HEAD.replace(b"Re: Trip", b"=?x-martian?B?%%?= =?utf-8?Q?=ZZ?=")
    + ID
    + b"\r\nWe can do it for $38,500.",
}  # fmt: skip


def receive_mail(raw: bytes, to: str) -> None:
    receive.store_inbound(esp="test", raw=raw, recipient=to, sender="person0@jets.example")
    process_open()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", BAD_MAIL)
def test_a_broken_mail_is_read_in_its_thread_all_the_same(fault: str, asked: Message) -> None:
    for _ in range(2):
        receive_mail(BAD_MAIL[fault], asked.reply_to)
    event = ProviderEvent.objects.get()
    assert event.status == "processed", event.detail
    assert bytes(event.raw) == BAD_MAIL[fault]
    reply = Message.objects.get(direction="inbound")
    assert (reply.enrollment_id, reply.status) == (asked.enrollment_id, "processed")
    assert WORDS in reply.body


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sender", ["<>", "", "Person", "person@", "@", '"a@b" <c', "\x00"])
def test_a_sender_nobody_can_read_is_attached_and_flagged(sender: str, asked: Message) -> None:
    raw = f"From: {sender}\r\nSubject: Re\r\n\r\nWe can do it.".encode()
    receive_mail(raw, asked.reply_to)
    reply = Message.objects.get(direction="inbound")
    assert reply.enrollment_id == asked.enrollment_id
    assert (reply.status, reply.sender_known) == ("needs_attention", False)


@pytest.mark.django_db(transaction=True)
def test_two_mails_without_a_message_id_are_two(asked: Message) -> None:
    receive_mail(HEAD + b"\r\nWe can do it.", asked.reply_to)
    receive_mail(HEAD + b"\r\nAnd it includes catering.", asked.reply_to)
    assert Message.objects.filter(direction="inbound").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_reply_to_a_campaign_that_is_gone_waits_in_triage(asked: Message) -> None:
    to = asked.reply_to
    asked.enrollment.campaign.messages.all().delete()  # type: ignore[union-attr]
    asked.enrollment.delete()  # type: ignore[union-attr]
    receive_mail(HEAD + ID + b"\r\nWe can do it for $38,500.", to)
    assert ProviderEvent.objects.get().status == "needs_attention"
    lonely = Message.objects.get(direction="inbound")
    assert (lonely.enrollment, lonely.body) == (None, WORDS)
    assert "fits no thread" in lonely.reason


@pytest.mark.django_db(transaction=True)
def test_an_empty_mail_is_kept_and_waits_for_nobody(asked: Message) -> None:
    assert post(postmark(asked, "")).status_code == 200
    process_open(timezone.now() + timedelta(minutes=1))
    assert ProviderEvent.objects.get().status in {"processed", "needs_attention"}
    assert Message.objects.get(direction="inbound").body == ""


@given(raw=st.binary(max_size=400), typed=st.booleans())
def test_any_bytes_are_read_without_raising_and_can_be_stored(raw: bytes, typed: bool) -> None:
    if typed:
        # Straight into the places where real mail goes wrong.
        raw = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' + raw
    mail = parse_mail(raw)
    texts = [mail.text, mail.html, mail.subject, mail.from_name, mail.message_id, mail.references]
    for text in [*texts, *mail.to, *(file.name for file in mail.files)]:
        assert "\x00" not in text
        text.encode()


@given(words=st.text(max_size=200), charset=st.sampled_from(["utf-8", "utf-16", "cp1252", "big5"]))
def test_a_charset_that_is_named_is_used(words: str, charset: str) -> None:
    content = words.encode(charset, "ignore")
    expected = content.decode(charset).replace("\x00", "")
    raw = (
        HEAD
        + f"Content-Type: text/plain; charset={charset}\r\n".encode()
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(content)
    )
    assert parse_mail(raw).text == expected
