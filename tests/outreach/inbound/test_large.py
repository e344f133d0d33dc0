"""Large mail: 25 MB are taken through every kind of door; what is larger is said and not lost."""

import base64
import json
import os
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from compliance.models import AuditEntry
from outreach.inbound.process import process_open
from outreach.inbound.receive import store_inbound
from outreach.models import Message, ProviderEvent
from tests.outreach.inbound.conftest import SECRET, post, postmark
from tests.outreach.inbound.providers.posting import (
    Post,
    form_post,
    json_post,
    mailgun_signature,
    send,
    sns,
)
from tests.outreach.inbound.providers.replies import TEXT, header_list

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1024 * 1024
FILM = os.urandom(MEGABYTE) * 25
ClientOf = Callable[[User], Client]


def raw(asked: Message, film: bytes = FILM) -> bytes:
    mail = EmailMessage()
    for name, value in header_list(asked):
        mail[name] = value
    mail.set_content(TEXT)
    mail.add_attachment(film, "video", "quicktime", filename="film.mov")
    return mail.as_bytes()


def as_json(asked: Message) -> Post:
    file = {"Name": "film.mov", "ContentType": "video/quicktime"}
    file["Content"] = base64.b64encode(FILM).decode()
    return json_post("/webhooks/inbound-email", postmark(asked, TEXT, Attachments=[file]))


def as_raw_mail(asked: Message) -> Post:
    fields = {
        "recipient": asked.reply_to,
        "sender": asked.to_address,
        "body-mime": raw(asked).decode(),
        **mailgun_signature("c" * 50),
    }
    return form_post("/anymail/mailgun/inbound_mime/", fields)


def heard() -> Message:
    return Message.objects.get(direction="inbound")


@pytest.mark.parametrize("door", [as_json, as_raw_mail])
def test_25_megabytes_are_taken_listed_and_handed_to_those_allowed(
    door: Callable[[Message], Post],
    asked: Message,
    live_server: LiveServer,
    client_of: ClientOf,
    ella: User,
) -> None:
    assert send(live_server.url, door(asked)) == 200
    process_open()
    (file,) = heard().attachments.all()
    assert (file.name, file.size, file.left_out) == ("film.mov", len(FILM), "")
    thread = reverse("admin:outreach_thread", args=[asked.enrollment_id])
    where = reverse("admin:outreach_attachment", args=[file.pk])
    page = client_of(ella).get(thread).content.decode()
    assert f'href="{where}">film.mov <small>25.0\xa0MB' in page
    answer = client_of(ella).get(where)
    assert b"".join(answer.streaming_content) == FILM  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="film.mov"'
    stranger = User.objects.create_user("nobody", is_staff=True)
    assert client_of(stranger).get(where).status_code == 403
    assert Client().get(where).status_code == 302


def test_a_file_over_the_limit_is_said_in_words_and_the_mail_is_read_and_kept(
    asked: Message, settings: Any, client_of: ClientOf, ella: User
) -> None:
    settings.INBOUND_MAX_ATTACHMENT_BYTES = MEGABYTE
    store_inbound(esp="imap", raw=raw(asked, b"x" * 2 * MEGABYTE), key="7:1")
    process_open()
    reply = heard()
    assert (reply.enrollment_id, reply.status) == (asked.enrollment_id, "processed")
    thread = reverse("admin:outreach_thread", args=[asked.enrollment_id])
    page = client_of(ella).get(thread).content.decode()
    assert "film.mov (2.0\xa0MB): Larger than 1 MB, so it cannot be downloaded here." in page
    assert "$38,500" in page
    (file,) = reply.attachments.all()
    refused = client_of(ella).get(reverse("admin:outreach_attachment", args=[file.pk]))
    assert refused.status_code == 404
    assert len(bytes(ProviderEvent.objects.get().raw)) > 2 * MEGABYTE


@pytest.fixture
def small_posts(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE


@pytest.mark.usefixtures("small_posts")
@pytest.mark.parametrize("door", [as_json, as_raw_mail, lambda asked: sns(
    "/anymail/amazon_ses/inbound/", {"content": "x" * 3 * MEGABYTE}
)])  # fmt: skip
def test_a_post_over_the_limit_is_put_off_and_staff_are_told(
    door: Callable[[Message], Post], asked: Message, client_of: ClientOf, ella: User, settings: Any
) -> None:
    """Over the test client: a server may close a line before a sender has said it all."""
    sent = door(asked)
    browser = Client(headers={**sent.headers})
    kind = sent.headers["Content-Type"]
    for _ in range(3):  # it is repeated
        answer = browser.post(sent.path, sent.body, content_type=kind)
        assert (answer.status_code, answer["Retry-After"]) == (503, "3600")
        assert answer["Content-Type"] == "application/problem+json"
    event = ProviderEvent.objects.defer("raw").get()
    assert json.loads(answer.content)["detail"] == event.detail
    process_open()
    assert not Message.objects.filter(direction="inbound").exists(), "nothing is made of nothing"
    page = client_of(ella).get(reverse("admin:outreach_heard")).content.decode()
    assert "MB came, and the desk takes 2 MB. None of it is here" in page
    assert "Raise POST_MAX_BYTES" in page
    assert "Process again" not in page
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * MEGABYTE
    assert browser.post(sent.path, sent.body, content_type=kind).status_code == 200
    assert ProviderEvent.objects.count() == 2, "raised in time, the limit lets it in"


@pytest.mark.usefixtures("small_posts")
@pytest.mark.parametrize("auth", [None, "Basic d3Jvbmc6c2VjcmV0"])
def test_a_stranger_s_large_post_is_refused_and_tells_nobody(
    auth: str | None, asked: Message
) -> None:
    assert post("x" * 3 * MEGABYTE, auth=auth).status_code == 403
    assert not ProviderEvent.objects.exists()


@pytest.mark.usefixtures("small_posts")
def test_what_was_put_off_is_set_aside_by_a_person(
    client_of: ClientOf, ella: User, ann: User
) -> None:
    post("x" * 3 * MEGABYTE, auth=SECRET)
    event = ProviderEvent.objects.get()
    where = reverse("admin:outreach_event_aside", args=[event.pk])
    assert client_of(ann).post(where).status_code == 403
    for words in ("Set aside.", "It does not wait any more."):
        assert words in client_of(ella).post(where, follow=True).content.decode()
    assert "Could not be worked off" not in (
        client_of(ella).get(reverse("admin:outreach_heard")).content.decode()
    )
    assert AuditEntry.objects.filter(action="event.set_aside").count() == 1
