"""Whether a bounce is for good: each provider says it elsewhere, in words of its own. Pure."""

import re
from typing import Any

from anymail.signals import AnymailTrackingEvent

from outreach.inbound.notices.severity import cause_of_status

# Where a provider's own verdict stands in its raw event, and what it says for "for good"; from
# the webhook references that anymail's source cites. Any other word there means "for now".
VERDICTS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "amazon_ses": (("bounce", "bounceType"), frozenset({"permanent"})),
    "brevo": (("event",), frozenset({"hard_bounce", "invalid_email"})),
    "mailersend": (("data", "type"), frozenset({"hard_bounced"})),
    "mailgun": (("event-data", "severity"), frozenset({"permanent"})),
    "mailjet": (("hard_bounce",), frozenset({"true"})),
    "mailtrap": (("event",), frozenset({"bounce"})),
    "mandrill": (("event",), frozenset({"hard_bounce"})),
    "postmark": (("Type",), frozenset({"hardbounce", "bademailaddress"})),
    "resend": (("data", "bounce", "type"), frozenset({"permanent"})),
    "sendgrid": (("type",), frozenset({"bounce"})),
    "sparkpost": (("msys", "message_event", "bounce_class"), frozenset({"10", "30"})),
    "unisender_go": (("status",), frozenset({"hard_bounced"})),
}
STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
FOR_NOW = re.compile(r"^(?:4\.|5\.2\.2$)")


def is_hard(esp: str, event: AnymailTrackingEvent) -> bool:
    """Whether this report says that the address will never take mail.

    A status that blames a full mailbox or a policy overrules the provider's "permanent", which
    only means that this one mail is given up.
    """
    if event.event_type not in {"bounced", "rejected"}:
        return False
    cited = STATUS.search(str(event.mta_response or ""))
    if cited and _spares_the_address(cited.group(0)):
        return False
    path, hard_words = VERDICTS.get(esp, ((), frozenset()))
    word = _word(event.esp_event, path)
    return word in hard_words if word else event.reject_reason in {"bounced", "invalid"}


def _spares_the_address(status: str) -> bool:
    return bool(FOR_NOW.match(status)) or classify_status(status) is Severity.POLICY


def _word(raw: Any, path: tuple[str, ...]) -> str:
    for name in path:
        raw = raw.get(name) if isinstance(raw, dict) else None
    return "" if raw is None or not path else str(raw).strip().lower()
