"""The four sequences of the month and the campaigns that run them."""

from typing import Any

from django.conf import settings

from outreach.models import Campaign, Mailbox
from outreach.sequences.versions import create_sequence, newest

OUR_NUMBER = "+13055550199"


def _mail(subject: str, **more: Any) -> dict[str, Any]:
    body = "Hello {{ greeting }},\n\nwould a short call suit you?\n\n{{ sender_name }}"
    return {"channel": "email", "subject": subject, "body": body, **more}


def _text(**more: Any) -> dict[str, Any]:
    seller = settings.SELLER_NAME
    body = f"{seller}: Hi {{{{ greeting }}}}, is your house for sale? Reply STOP to opt out."
    return {"channel": "sms", "body": body, **more}


def definitions() -> dict[str, list[dict[str, Any]]]:
    """By name: mail only, texts only, both, and with touches done by hand."""
    return {
        "Mail": [
            _mail("Hello", at="09:00"),
            _mail("Again", after_business_days=3, at="14:00", weekdays=["tue", "wed", "thu"]),
            _mail("Once more", after_days=6, only_if="not_opened"),
        ],
        "Texts": [
            _text(at="11:00"),
            _text(after_days=2, at="19:30"),
            _text(after_business_days=4),
        ],
        "Both": [
            _mail("Your house", at="08:30"),
            _text(after_days=2, at="17:30"),
            _mail("Your house again", after_days=4, at="10:00"),
            _text(after_days=5, at="09:00", weekdays=["mon", "fri", "sat"]),
        ],
        "By hand": [
            {"channel": "social", "body": "Hello {{ greeting }}", "at": "09:00"},
            _mail("We met", after_days=2, at="09:00"),
            {"channel": "phone", "body": "Ask {{ greeting }}", "after_days": 3, "at": "14:00"},
            _mail("As promised", after_days=4),
        ],
    }


def definition(name: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """What a version says; where both channels are used, one answer speaks for a company."""
    return {"steps": steps, "reply_stops": "company" if name == "Both" else "person"}


def add_campaigns() -> dict[str, Campaign]:
    """One running campaign a sequence; half of them under each approval policy."""
    mailbox = Mailbox.objects.create(
        name="Mail", from_name="Ella Reed", from_email="ella@desk.example", per_hour=100_000,
        daily_cap=100_000, per_domain_hour=100_000, max_connections=2,
    )  # fmt: skip
    texts = Mailbox.objects.create(
        name="Texts", channel="sms", from_name="Ella Reed", from_number=OUR_NUMBER,
        per_hour=100_000, daily_cap=100_000, per_domain_hour=100_000, max_connections=2,
    )  # fmt: skip
    found = {}
    for name, steps in definitions().items():
        sequence = create_sequence(name, definition(name, steps), actor="sam")
        found[name] = Campaign.objects.create(
            kind="sequence", name=name, slug=name.lower().replace(" ", "-"), status="active",
            contact_budget=5000, sequence_version=newest(sequence), mailbox=mailbox,
            text_mailbox=texts, exclusive=False, contact_gap_days=0, approve_first=20,
            approval_policy="first_n" if name in ("Mail", "Both") else "every_message",
        )  # fmt: skip
    return found
