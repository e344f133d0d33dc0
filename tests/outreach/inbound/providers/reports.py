"""What became of a message, as each provider reports it.

Each function takes what happened: delivered, hard, soft, complained or unsubscribed.
"""

import json
from collections.abc import Callable
from typing import Any

from outreach.models import Message
from outreach.sending.render import rfc_message_id
from tests.outreach.inbound.providers.posting import (
    Post,
    json_post,
    mailgun_signature,
    signed_sendgrid,
    sns,
)


def postmark_report(asked: Message, what: str) -> Post:
    record = {
        "delivered": {"RecordType": "Delivery", "DeliveredAt": "2026-11-20T15:00:00Z"},
        "hard": {"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1, "ID": 42},
        "soft": {"RecordType": "Bounce", "Type": "SoftBounce", "TypeCode": 4096, "ID": 43},
        "complained": {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "ID": 44},
        "unsubscribed": {
            "RecordType": "SubscriptionChange",
            "SuppressSending": True,
            "SuppressionReason": "ManualSuppression",
            "ChangedAt": "2026-11-20T15:00:00Z",
            "Recipient": asked.to_address,
        },
    }[what]
    common = {
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "MessageStream": "outbound",
        "Recipient": asked.to_address,
        "Email": asked.to_address,
        "Tag": "campaign",
        "Metadata": {"message_id": str(asked.pk)},
    }
    return json_post("/anymail/postmark/tracking/", {**common, **record})


def sendgrid_report(asked: Message, what: str) -> Post:
    event = {
        "delivered": {"event": "delivered", "response": "250 2.0.0 OK"},
        "hard": {
            "event": "bounce",
            "type": "bounce",
            "status": "5.1.1",
            "reason": "550 5.1.1 The email account does not exist",
        },
        "soft": {"event": "bounce", "type": "blocked", "reason": "451 4.7.1 try later"},
        "complained": {"event": "spamreport"},
        "unsubscribed": {"event": "group_unsubscribe", "asm_group_id": 10},
    }[what]
    events = [
        {
            "email": asked.to_address,
            "timestamp": 1_795_186_800,
            "smtp-id": rfc_message_id(asked),
            "sg_event_id": f"event-{what}",
            "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001",
            "anymail_id": "9b1a0d4e-3f4a-4a3b-8f05-0f9c1b9a7f11",
            "message_id": str(asked.pk),
            **event,
        }
    ]
    return signed_sendgrid("/anymail/sendgrid/tracking/", json.dumps(events).encode())


def mailgun_report(asked: Message, what: str, **signature: str) -> Post:
    event = {
        "delivered": {"event": "delivered", "delivery-status": {"code": 250, "message": "OK"}},
        "hard": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "delivery-status": {"code": 550, "message": "5.1.1 no such user"},
        },
        "soft": {
            "event": "failed",
            "severity": "temporary",
            "reason": "generic",
            "delivery-status": {"code": 452, "message": "4.2.2 full"},
        },
        "complained": {"event": "complained"},
        "unsubscribed": {"event": "unsubscribed"},
    }[what]
    body = {
        "signature": signature or mailgun_signature(f"{what:x>50}"),
        "event-data": {
            "id": "CPgfbmQMTCKtHW6uIWtuVe",
            "timestamp": 1795186800.5,
            "log-level": "info",
            "recipient": asked.to_address,
            "message": {"headers": {"message-id": rfc_message_id(asked).strip("<>")}},
            "user-variables": {"message_id": str(asked.pk)},
            "tags": ["campaign"],
            **event,
        },
    }
    return json_post("/anymail/mailgun/tracking/", body)


def ses_report(asked: Message, what: str) -> Post:
    people = [{"emailAddress": asked.to_address, "diagnosticCode": "smtp; 550 5.1.1 unknown"}]
    full = [{"emailAddress": asked.to_address, "diagnosticCode": "smtp; 452 4.2.2 full"}]
    event = {
        "delivered": {
            "eventType": "Delivery",
            "delivery": {"recipients": [asked.to_address], "smtpResponse": "250 ok"},
        },
        "hard": {
            "eventType": "Bounce",
            "bounce": {
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": people,
            },
        },
        "soft": {
            "eventType": "Bounce",
            "bounce": {
                "bounceType": "Transient",
                "bounceSubType": "MailboxFull",
                "bouncedRecipients": full,
            },
        },
        "complained": {
            "eventType": "Complaint",
            "complaint": {
                "complainedRecipients": [{"emailAddress": asked.to_address}],
                "complaintFeedbackType": "abuse",
            },
        },
    }[what]
    message = {
        "mail": {
            "messageId": "EXAMPLE7c191be45-e9aedb9a",
            "destination": [asked.to_address],
            "headers": [{"name": "X-Metadata", "value": json.dumps({"message_id": str(asked.pk)})}],
        },
        **event,
    }
    return sns("/anymail/amazon_ses/tracking/", message, number=2)


def brevo_report(asked: Message, what: str) -> Post:
    event = {
        "delivered": "delivered",
        "hard": "hard_bounce",
        "soft": "soft_bounce",
        "complained": "spam",
        "unsubscribed": "unsubscribe",
    }[what]
    body = {
        "event": event,
        "email": asked.to_address,
        "id": 26224,
        "message-id": rfc_message_id(asked),
        "ts_epoch": 1795186800000,
        "X-Mailin-custom": json.dumps({"message_id": str(asked.pk)}),
    }
    return json_post("/anymail/brevo/tracking/", body)


def resend_report(asked: Message, what: str) -> Post:
    kinds = {"hard": "bounced", "soft": "bounced"}
    data: dict[str, Any] = {
        "email_id": "56761188-7520-42d8-8898-ff6fc54ce618",
        "created_at": "2026-11-20T15:00:00Z",
        "to": [asked.to_address],
        "headers": [{"name": "X-Metadata", "value": json.dumps({"message_id": str(asked.pk)})}],
    }
    if what in kinds:
        data["bounce"] = {
            "message": "The recipient's email provider sent a bounce message.",
            "type": "Permanent" if what == "hard" else "Transient",
        }
    body = {
        "type": f"email.{kinds.get(what, what)}",
        "created_at": "2026-11-20T15:00:01Z",
        "data": data,
    }
    return json_post("/anymail/resend/tracking/", body, **{"svix-id": f"msg_{what}"})


REPORTS: dict[str, Callable[[Message, str], Post]] = {
    "postmark": postmark_report,
    "sendgrid": sendgrid_report,
    "mailgun": mailgun_report,
    "amazon_ses": ses_report,
    "brevo": brevo_report,
    "resend": resend_report,
}
