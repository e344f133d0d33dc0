"""Whether a bounce is for good: each provider says it elsewhere, in words of its own. Pure."""

from typing import Any

from anymail.signals import AnymailTrackingEvent

from outreach.inbound.notices.reading import UNDETERMINED, Cause, Hardness
from outreach.inbound.notices.severity import causes, judge

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
REASONS = {"blocked": "policy", "spam": "spam"}  # anymail's words for a refusal


def cause_of(esp: str, event: AnymailTrackingEvent) -> Cause | None:
    """Why a provider says that a mail came back; None for a report of something else.

    Only the provider's own "permanent" makes an address dead; but the words of the server that
    refused overrule it where they blame a full mailbox or a policy: then "permanent" only means
    that this one mail is given up.
    """
    if event.event_type not in {"bounced", "rejected"}:
        return None
    said = str(event.mta_response or "")
    judged = judge("", said) if said else causes()[UNDETERMINED]
    known = judged.is_known
    if _for_good(esp, event):
        return judged if known else causes()["dead"]
    if known and judged.hardness is not Hardness.HARD:
        return judged
    return causes()[REASONS.get(str(event.reject_reason), UNDETERMINED)]


def _for_good(esp: str, event: AnymailTrackingEvent) -> bool:
    path, hard_words = VERDICTS.get(esp, ((), frozenset()))
    word = _word(event.esp_event, path)
    return word in hard_words if word else event.reject_reason in {"bounced", "invalid"}


def _word(raw: Any, path: tuple[str, ...]) -> str:
    for name in path:
        raw = raw.get(name) if isinstance(raw, dict) else None
    return "" if raw is None or not path else str(raw).strip().lower()
