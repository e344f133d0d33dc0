"""Wild mail, posted as providers post it: taken with 200, kept, shown to who sorts it."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from tests.outreach.inbound.conftest import post, postmark
from tests.outreach.inbound.providers.posting import form_post, mailgun_signature, send
from tests.outreach.inbound.test_bad_mail import BAD_MAIL, HEAD, ID, WORDS

pytestmark = pytest.mark.django_db(transaction=True)
ClientOf = Callable[[User], Client]
STRANGER = "stranger@quotes.attache.example"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>We can do it <b>for $38,500.</b></p>"
WILD = {**BAD_MAIL, "HTML alone": HEAD + ID + HTML}


def is_shown_to_triage(browser: Client) -> Message:
    """It stands in the inbox's list of what waits, and its own page asks where it belongs."""
    (mail,) = Message.objects.filter(direction="inbound")
    assert (mail.status, mail.enrollment) == ("needs_attention", None)
    shown = unescape(browser.get("/admin/inbox/mail/?show=attention").content.decode())
    assert WORDS in shown
    assert "person0@jets.example" in shown
    assert "It fits no thread" in shown
    opened = unescape(browser.get(reverse("admin:outreach_mail", args=[mail.pk])).content.decode())
    assert WORDS in opened
    assert "Where does it belong?" in opened
    return mail


@pytest.mark.parametrize("fault", WILD)
def test_the_desk_s_own_address_takes_it(fault: str, ella: User, client_of: ClientOf) -> None:
    body = postmark(None, sender="person0@jets.example", RawEmail=WILD[fault].decode("latin-1"))
    assert [post(body).status_code for _ in range(2)] == [200, 200], "posted again for want of 200"
    process_open()
    assert ProviderEvent.objects.get().status == "needs_attention"
    is_shown_to_triage(client_of(ella))


@pytest.mark.parametrize("fault", WILD)
def test_a_provider_s_address_takes_the_very_bytes(
    fault: str, live_server: LiveServer, ella: User, client_of: ClientOf
) -> None:
    fields = {
        "recipient": STRANGER, "sender": "person0@jets.example", "body-mime": "[the mail]",
        **mailgun_signature("b" * 50),
    }  # fmt: skip
    form = form_post("/anymail/mailgun/inbound_mime/", fields)
    wild = replace(form, body=form.body.replace(b"[the mail]", WILD[fault]))
    assert [send(live_server.url, wild) for _ in range(2)] == [200, 200]
    process_open()
    ProviderEvent.objects.get()
    is_shown_to_triage(client_of(ella))


@pytest.mark.parametrize(
    "parsed",
    [
        {"TextBody": "", "HtmlBody": "<p>We can do it <b>for $38,500.</b></p>"},
        {"TextBody": f"{WORDS}\x00\x00", "Subject": "Re: \x00Trip", "FromName": "Per\x00son"},
        {"TextBody": WORDS, "Headers": []},
        {"TextBody": WORDS, "HtmlBody": "<p>We can \x00 <div"},
    ],
    ids=["HTML alone", "NUL everywhere", "no Message-ID", "HTML cut off, with NUL"],
)
def test_what_the_provider_took_apart_itself_is_taken_too(
    parsed: dict[str, object], ella: User, client_of: ClientOf
) -> None:
    body = {**postmark(None, sender="person0@jets.example"), **parsed}
    assert [post(body).status_code for _ in range(2)] == [200, 200]
    process_open()
    ProviderEvent.objects.get()
    mail = is_shown_to_triage(client_of(ella))
    assert "\x00" not in mail.subject + mail.from_name + mail.body + mail.body_html
