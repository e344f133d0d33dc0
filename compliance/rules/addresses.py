"""An address must be one we know how to reach, and lawful to write to."""

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

CHANNELS = frozenset({"email", "sms", "whatsapp", "phone", "web_form", "social"})

# 47 CFR 64.3100: no commercial e-mail to wireless domains (mail that arrives as a text).
WIRELESS_DOMAINS = frozenset(
    {
        "vtext.com",
        "vzwpix.com",
        "txt.att.net",
        "mms.att.net",
        "tmomail.net",
        "messaging.sprintpcs.com",
        "pm.sprint.com",
        "msg.fi.google.com",
        "email.uscc.net",
        "sms.myboostmobile.com",
        "mymetropcs.com",
    }
)


def refusals(channel: str, to: str) -> list[str]:
    """Reasons why this address cannot be written to on this channel."""
    if channel not in CHANNELS:
        return [f"“{channel}” is not a channel the gate knows."]
    if not to.strip():
        return ["There is no address to send to."]
    return list(_mail_refusals(to)) if channel == "email" else []


@lru_cache(maxsize=50_000)
def _mail_refusals(to: str) -> tuple[str, ...]:
    """Asked of the same address when it is planned, approved and sent: read once."""
    try:
        checked = validate_email(to, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        return (f"“{to}” is not an e-mail address: {error}",)
    if checked.domain.lower() in WIRELESS_DOMAINS:
        return (
            f"“{to}” delivers to a phone as a text; e-mail to wireless domains is not allowed.",
        )
    return ()
