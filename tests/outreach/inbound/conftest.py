"""Mail as providers post it, and a thread that has been written to."""

import base64
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from outreach.models import Message
from outreach.sending.render import rfc_message_id
from tests.factories import make_approved

SECRET = "Basic " + base64.b64encode(b"town:secret").decode()


@pytest.fixture
def asked(ella: User, db: None) -> Message:
    """A message that left for person0@jets.example and waits for an answer."""
    campaign = make_approved(1, ella)
    Message.objects.filter(campaign=campaign).update(status="sent", sent_at=timezone.now())
    return Message.objects.select_related("enrollment__contact", "campaign").get(campaign=campaign)


def postmark(asked: Message | None, text: str = "Hello", **changes: Any) -> dict[str, Any]:
    """Postmark's inbound JSON for a reply to `asked`."""
    to = asked.reply_to if asked else "stranger@quotes.attache.example"
    headers = [{"Name": "Message-ID", "Value": changes.pop("message_id", "<r1@jets.example>")}]
    if asked:
        headers.append({"Name": "In-Reply-To", "Value": rfc_message_id(asked)})
    headers += [{"Name": n, "Value": v} for n, v in changes.pop("headers", {}).items()]
    sender = changes.pop("sender", asked.to_address if asked else "who@nowhere.example")
    return {
        "From": sender,
        "FromName": "Person",
        "FromFull": {"Email": sender, "Name": "Person", "MailboxHash": ""},
        "To": to,
        "ToFull": [{"Email": to, "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": to,
        "Subject": "Re: Teterboro to Aspen, March 15",
        "MessageID": changes.pop("event_id", "11111111-2222-3333-4444-555555555555"),
        "Date": "Fri, 20 Nov 2026 10:00:00 -0500",
        "TextBody": text,
        "HtmlBody": "",
        "Headers": headers,
        "Attachments": [],
        **changes,
    }


def post(body: Any, path: str = "/webhooks/inbound-email", auth: str | None = SECRET) -> Any:
    """Post a body as the provider does; `auth` None leaves the secret out."""
    headers = {"Authorization": auth} if auth else {}
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client(headers=headers).post(path, data, content_type="application/json")
