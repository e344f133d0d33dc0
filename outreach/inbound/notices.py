"""Tells machines from people: bounces, spam complaints and automatic replies. Pure."""

import email
import re
from dataclasses import dataclass
from email.message import Message as Mime
from enum import StrEnum

from flufl.bounce import scan_message

from outreach.inbound.parse import ParsedMail

HARD = re.compile(r"^5\.(?:1\.[0-36]|1\.10|2\.1|4\.4)$")
POLICY = re.compile(r"^[45]\.7\.")
CONTENT = re.compile(r"^5\.(?:2\.3|3\.4|6\.)")
AUTO_SUBJECT = re.compile(
    r"^\s*(?:(?:re|aw|sv)\s*:\s*)?"
    r"(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|"
    r"automatische antwort|abwesenheit|abwesend|respuesta automática|fuera de (?:la )?oficina|"
    r"réponse automatique|absence du bureau|risposta automatica|resposta automática|"
    r"automatisch antwoord|afwezig|autosvar|frånvaro|fravær|automatyczna odpowiedź|"
    r"автоответ|автоматический ответ|автовідповідь|нет на месте|я в отпуске)",
    re.IGNORECASE,
)
BOUNCE_SENDER = re.compile(r"^(?:mailer-daemon|postmaster|bounces?)[@+-]", re.IGNORECASE)


class Notice(StrEnum):
    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"


class Severity(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    POLICY = "policy"
    DELAYED = "delayed"


@dataclass(frozen=True, slots=True)
class Reading:
    """What kind of mail this is; `severity`, `recipient` and `detail` only for bounces."""

    notice: Notice
    detail: str = ""
    severity: Severity | None = None
    recipient: str = ""
    original_id: str = ""


def read_notice(mail: ParsedMail, raw: bytes) -> Reading:
    """Judge by headers and report parts first (RFC 3464, 3834, 5965), subjects last."""
    if "report-type=delivery-status" in mail.content_type:
        return _delivery_status(raw)
    if "report-type=feedback-report" in mail.content_type:
        return _feedback(raw)
    automatic = _automatic(mail)
    if automatic:
        return Reading(Notice.AUTO_REPLY, automatic)
    if BOUNCE_SENDER.match(mail.from_email):
        return _guessed_bounce(raw)
    return Reading(Notice.HUMAN)


def _automatic(mail: ParsedMail) -> str:
    """Why this is an automatic reply, in words; empty for a person's mail."""
    submitted = mail.headers.get("auto-submitted", "").split(";")[0].strip().lower()
    if submitted == "auto-replied":
        return "Its Auto-Submitted header says so."
    for name in ("x-autoreply", "x-autorespond"):
        if mail.headers.get(name, "").strip().lower() not in {"", "no"}:
            return f"Its {name} header says so."
    if mail.headers.get("precedence", "").strip().lower() == "auto_reply":
        return "Its Precedence header says so."
    if AUTO_SUBJECT.match(mail.subject):
        return "Its subject says so."
    return ""


def classify_status(status: str, action: str = "failed") -> Severity:
    """What an enhanced status code (RFC 3463) means for the address."""
    if action.lower() == "delayed":
        return Severity.DELAYED
    if POLICY.match(status) or CONTENT.match(status):
        return Severity.POLICY
    if HARD.match(status):
        return Severity.HARD
    return Severity.SOFT


def _delivery_status(raw: bytes) -> Reading:
    original_id = _original_id(raw)
    for part in email.message_from_bytes(raw).walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if not isinstance(block, Mime) or not block.get("Status"):
                continue
            status = str(block["Status"]).split()[0]
            detail = str(block.get("Diagnostic-Code") or status)
            recipient = str(block.get("Final-Recipient") or block.get("Original-Recipient") or "")
            severity = classify_status(status, str(block.get("Action") or "failed"))
            return Reading(
                Notice.BOUNCE,
                f"{status} {detail}"[:500],
                severity,
                recipient.rsplit(";", 1)[-1].strip().lower(),
                original_id,
            )
    return _guessed_bounce(raw)


def _guessed_bounce(raw: bytes) -> Reading:
    """flufl knows many providers' notices but not hard from soft: believed only as soft."""
    try:
        temporary, permanent = scan_message(email.message_from_bytes(raw))
    except Exception:
        return Reading(Notice.BOUNCE, "An unreadable bounce.", Severity.SOFT, "", _original_id(raw))
    addresses = [bytes(address).decode("ascii", "replace") for address in {*temporary, *permanent}]
    recipient = addresses[0].lower() if addresses else ""
    text = raw[:200_000].decode("utf-8", "replace")
    hard = re.search(r"\b5\.1\.[0-36]\b|user unknown|no such user|does not exist", text, re.I)
    severity = Severity.HARD if hard and recipient else Severity.SOFT
    detail = hard.group(0) if hard else "The receiving server returned it."
    return Reading(Notice.BOUNCE, detail, severity, recipient, _original_id(raw))


def _feedback(raw: bytes) -> Reading:
    recipient, kind = "", "abuse"
    for part in email.message_from_bytes(raw).walk():
        if part.get_content_type() != "message/feedback-report":
            continue
        blocks = part.get_payload()
        source = blocks[0] if isinstance(blocks, list) and blocks else part
        if isinstance(source, Mime):
            kind = str(source.get("Feedback-Type") or "abuse").strip().lower()
            recipient = str(source.get("Original-Rcpt-To") or "").strip("<> ").lower()
    if kind == "auth-failure":
        # A DMARC forensic report: about our authentication, not about a person's wish.
        return Reading(Notice.AUTO_REPLY, "A DMARC failure report.")
    return Reading(Notice.COMPLAINT, f"Feedback report: {kind}", None, recipient, _original_id(raw))


def _original_id(raw: bytes) -> str:
    """The Message-ID of the mail a notice is about: the last one it carries, after its own."""
    ids = re.findall(rb"(?im)^message-id:\s*(<[^>\r\n]{3,250}>)", raw[:500_000])
    return ids[-1].decode("ascii", "replace") if len(ids) > 1 else ""
