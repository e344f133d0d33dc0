"""A vendor's reply as each provider posts it inbound."""

import base64
import email.message
import json
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from outreach.models import Message
from outreach.sending.render import rfc_message_id
from tests.outreach.inbound.conftest import postmark
from tests.outreach.inbound.providers.posting import (
    Post,
    form_post,
    json_post,
    mailgun_signature,
    sns,
)

TEXT = "We can do it for $38,500.\n\nKind regards\nPerson"

PDF = b"%PDF terms\r\n" + bytes(range(256)) * 4  # every byte, line ends of every kind among them


def terms() -> SimpleUploadedFile:
    return SimpleUploadedFile("terms.pdf", PDF, "application/pdf")


def header_list(asked: Message) -> list[list[str]]:
    """The headers of the vendor's reply, as its own mail program wrote them."""
    return [
        ["From", f"Person <{asked.to_address}>"],
        ["To", asked.reply_to],
        ["Subject", "Re: Teterboro to Aspen, March 15"],
        ["Message-ID", "<r1@jets.example>"],
        ["In-Reply-To", rfc_message_id(asked)],
        ["Date", "Fri, 20 Nov 2026 10:00:00 -0500"],
    ]


def raw_mail(asked: Message) -> str:
    mail = email.message.EmailMessage()
    for name, value in header_list(asked):
        mail[name] = value
    mail.set_content(TEXT)
    mail.add_attachment(PDF, "application", "pdf", filename="terms.pdf")
    return mail.as_string()


def postmark_reply(asked: Message) -> Post:
    files = [
        {
            "Name": "terms.pdf",
            "Content": base64.b64encode(PDF).decode(),
            "ContentType": "application/pdf",
            "ContentLength": len(PDF),
        }
    ]
    return json_post("/anymail/postmark/inbound/", postmark(asked, TEXT, Attachments=files))


def sendgrid_reply(asked: Message) -> Post:
    fields = {
        "headers": "\n".join(f"{name}: {value}" for name, value in header_list(asked)),
        "dkim": "{@jets.example : pass}",
        "to": asked.reply_to,
        "from": f"Person <{asked.to_address}>",
        "text": TEXT,
        "html": f"<div>{TEXT}</div>",
        "sender_ip": "203.0.113.7",
        "envelope": json.dumps({"to": [asked.reply_to], "from": asked.to_address}),
        "attachments": "1",
        "attachment-info": json.dumps(
            {"attachment1": {"filename": "terms.pdf", "type": "application/pdf"}}
        ),
        "attachment1": terms(),
        "subject": "Re: Teterboro to Aspen, March 15",
        "charsets": json.dumps({"to": "UTF-8", "text": "utf-8", "html": "utf-8"}),
        "SPF": "pass",
    }
    return form_post("/anymail/sendgrid/inbound/", fields)


def mailgun_reply(asked: Message, **signature: str) -> Post:
    """A route's forward(), fully parsed."""
    fields = {
        "recipient": asked.reply_to,
        "sender": asked.to_address,
        "subject": "Re: Teterboro to Aspen, March 15",
        "from": f"Person <{asked.to_address}>",
        "body-plain": TEXT,
        "stripped-text": TEXT,
        "message-headers": json.dumps(header_list(asked)),
        "attachment-count": "1",
        "attachment-1": terms(),
        **(signature or mailgun_signature("a" * 50)),
    }
    return form_post("/anymail/mailgun/inbound/", fields)


def mailgun_raw_reply(asked: Message) -> Post:
    """A route's forward() to an address with "mime" in it: the mail as it came."""
    fields = {
        "recipient": asked.reply_to,
        "sender": asked.to_address,
        "body-mime": raw_mail(asked),
        **mailgun_signature("b" * 50),
    }
    return form_post("/anymail/mailgun/inbound_mime/", fields)


def ses_reply(asked: Message) -> Post:
    message = {
        "notificationType": "Received",
        "mail": {
            "timestamp": "2026-11-20T15:00:00.000Z",
            "source": asked.to_address,
            "messageId": "jili9m351il3gkburn7o2f0u6788stij94c8ld01",
            "destination": [asked.reply_to],
        },
        "receipt": {
            "recipients": [asked.reply_to],
            "spamVerdict": {"status": "PASS"},
            "action": {"type": "SNS", "topicArn": "arn:aws:sns:…", "encoding": "BASE64"},
        },
        "content": base64.b64encode(raw_mail(asked).encode()).decode(),
    }
    return sns("/anymail/amazon_ses/inbound/", message)


def brevo_reply(asked: Message) -> Post:
    item = {
        "Uuid": ["1f2e3d4c-0000-4000-8000-123456789abc"],
        "MessageId": "<r1@jets.example>",
        "Headers": {**dict(header_list(asked)), "Delivered-To": asked.reply_to},
        "RawTextBody": TEXT,
        "RawHtmlBody": None,
        "ExtractedMarkdownMessage": TEXT,
        "Attachments": [],
    }
    return json_post("/anymail/brevo/inbound/", {"items": [item]})


REPLIES: dict[str, Callable[[Message], Post]] = {
    "postmark": postmark_reply,
    "sendgrid": sendgrid_reply,
    "mailgun": mailgun_reply,
    "mailgun raw": mailgun_raw_reply,
    "amazon_ses": ses_reply,
    "brevo": brevo_reply,
}
