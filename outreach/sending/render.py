"""Turns a message row into the mail that leaves: pure, one recipient, our own Message-ID."""

from datetime import datetime
from email.utils import format_datetime, formataddr

from django.core.mail import EmailMessage, EmailMultiAlternatives

from outreach.models import Message
from outreach.outbounds import unsubscribe_headers
from outreach.sending import message_ids


def rfc_message_id(message: Message) -> str:
    """The Message-ID this message leaves with, the same on every try."""
    domain = message.from_address.rsplit("@", 1)[-1] or "localhost"
    return message_ids.build(message.pk, domain)


def render(message: Message, *, now: datetime) -> EmailMessage:
    """The mail for a message; provider metadata carries its id for tracking events."""
    headers = {"Message-ID": rfc_message_id(message), "Date": format_datetime(now)}
    if message.in_reply_to:
        headers["In-Reply-To"] = message.in_reply_to
        headers["References"] = message.references or message.in_reply_to
    headers |= unsubscribe_headers(message)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=formataddr((message.from_name, message.from_address)),
        to=[message.to_address],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
    )
    if message.body_html:
        mail.attach_alternative(message.body_html, "text/html")
    # Read by anymail's backends; SMTP and the console ignore them.
    mail.metadata = {"message_id": str(message.pk)}  # type: ignore[attr-defined]
    mail.tags = [f"campaign-{message.campaign_id}"]  # type: ignore[attr-defined]
    mail.track_opens = True  # type: ignore[attr-defined]
    return mail
