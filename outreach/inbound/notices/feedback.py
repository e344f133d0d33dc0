"""Reads complaints: feedback reports (RFC 5965) and the older forms some providers still send."""

from outreach.inbound.notices.forms import says
from outreach.inbound.notices.opened import Opened, fields
from outreach.inbound.notices.reading import Kind, Reading
from outreach.inbound.notices.recipients import clean, redacted, returned_to, verp

# What a report can be of besides a complaint (RFC 5965, 6591, 6430): none of them is a wish.
NO_WISH = {
    "auth-failure": "A report that a mail in our name failed DMARC.",
    "dmarc": "A report that a mail in our name failed DMARC.",
    "not-spam": "Somebody told their provider that our mail is no spam.",
    "virus": "A report of a virus in a mail of ours.",
}
ABOUT = ("original-rcpt-to", "removal-recipient", "original-recipient", "x-original-rcpt-to")


def read_feedback(opened: Opened) -> Reading | None:
    """The complaint this mail is, or None."""
    told = opened.reports.get("feedback", "")
    if told:
        values = dict(reversed(fields(told)))
        kind = values.get("feedback-type", "abuse").strip().lower()
        if kind in NO_WISH:
            return Reading(Kind.AUTO_REPLY, "feedback report", NO_WISH[kind], technical=True)
        return _complaint(opened, f"Feedback report: {kind}.", values)
    named = says("complaint subject", opened.subject) or "spamcop" in opened.sender
    forwarded = "x-hmxmroriginalrecipient" in opened.returned.lower()
    if forwarded or (named and says("complaint address", opened.sender)):
        return _complaint(opened, "A complaint forwarded by the provider.", {})
    return None


def _complaint(opened: Opened, reason: str, values: dict[str, str]) -> Reading:
    told = [clean(values[name]) for name in ABOUT if name in values]
    about = next((one for one in told if one and not redacted(one)), "")
    return Reading(
        Kind.COMPLAINT, "feedback report" if values else "complaint", reason,
        about=about or returned_to(opened) or verp(opened),
    )  # fmt: skip
