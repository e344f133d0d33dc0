"""Writes what Postmark would post: inbound mail, deliveries, opens and bounces."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from django.utils import timezone

# Whoever opens a mail in the second it comes is taken for a machine.
READING = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A mail the town's SMTP server took from the desk."""

    message: EmailMessage
    recipient: str

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"] or "").strip()

    @property
    def provider_id(self) -> str:
        """The id the provider would have given it; the same for every event about one mail."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, self.message_id + self.recipient))

    @property
    def text(self) -> str:
        part = self.message.get_body(preferencelist=("plain",))
        return str(part.get_content()) if part is not None else ""


def inbound(
    mail: Delivered,
    *,
    from_name: str,
    from_email: str,
    subject: str,
    text: str,
    html: str,
    auto: bool,
) -> dict[str, Any]:
    """Postmark's inbound webhook body for an answer to `mail`."""
    reply_to = str(mail.message["Reply-To"] or mail.message["From"])
    address = reply_to.rsplit("<", 1)[-1].rstrip(">").strip()
    own_id = f"<{uuid.uuid4()}@{from_email.rsplit('@', 1)[-1]}>"
    headers = [
        {"Name": "Message-ID", "Value": own_id},
        {"Name": "In-Reply-To", "Value": mail.message_id},
        {"Name": "References", "Value": mail.message_id},
    ]
    if auto:
        headers += [
            {"Name": "Auto-Submitted", "Value": "auto-replied"},
            {"Name": "X-Auto-Response-Suppress", "Value": "All"},
        ]
    return {
        "FromName": from_name,
        "MessageStream": "inbound",
        "From": from_email,
        "FromFull": {"Email": from_email, "Name": from_name, "MailboxHash": ""},
        "To": address,
        "ToFull": [{"Email": address, "Name": "", "MailboxHash": ""}],
        "Cc": "",
        "CcFull": [],
        "Bcc": "",
        "BccFull": [],
        "OriginalRecipient": address,
        "Subject": subject or _reply_subject(mail),
        "MessageID": str(uuid.uuid4()),
        "ReplyTo": "",
        "MailboxHash": "",
        "Date": formatdate(timezone.now().timestamp()),
        "TextBody": text,
        "HtmlBody": html,
        "StrippedTextReply": "",
        "Tag": "",
        "Headers": headers,
        "Attachments": [],
    }


def _reply_subject(mail: Delivered) -> str:
    subject = str(mail.message["Subject"] or "")
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _event(mail: Delivered, record_type: str) -> dict[str, Any]:
    return {
        "RecordType": record_type,
        "MessageID": mail.provider_id,
        "MessageStream": "outbound",
        "ServerID": 1,
        "Tag": "",
        "Metadata": {"message_id": mail.message_id},
    }


def _now(after: timedelta = timedelta()) -> str:
    return (timezone.now() + after).isoformat()


def delivery(mail: Delivered) -> dict[str, Any]:
    """Postmark's delivery webhook body."""
    details = "smtp;250 2.0.0 OK"
    return _event(mail, "Delivery") | {
        "Recipient": mail.recipient,
        "DeliveredAt": _now(),
        "Details": details,
    }


def opened(mail: Delivered) -> dict[str, Any]:
    """Postmark's open webhook body, as from a person's mail program."""
    agent = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    )
    return _event(mail, "Open") | {
        "Recipient": mail.recipient,
        "ReceivedAt": _now(READING),
        "FirstOpen": True,
        "UserAgent": agent,
        "Client": {"Name": "Chrome", "Company": "Google", "Family": "Chrome"},
        "OS": {"Name": "Windows 11", "Company": "Microsoft", "Family": "Windows"},
        "Platform": "Desktop",
        "Geo": {},
    }


def bounce(mail: Delivered, details: str) -> dict[str, Any]:
    """Postmark's hard-bounce webhook body; `details` are the receiving server's words."""
    return _event(mail, "Bounce") | {
        "ID": uuid.uuid5(uuid.NAMESPACE_URL, mail.provider_id).int % 10**9,
        "Type": "HardBounce",
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Description": "The server was unable to deliver your message (user unknown).",
        "Details": details,
        "Email": mail.recipient,
        "From": str(mail.message["From"]),
        "BouncedAt": _now(),
        "DumpAvailable": False,
        "Inactive": True,
        "CanActivate": True,
        "Subject": str(mail.message["Subject"] or ""),
    }
