"""Where each vendor stands, in one word, one sentence and one colour."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from quotes.comparison.facts import OfferFacts, Thread

SILENCE = timedelta(days=2)  # after this long without an answer the page says so

ANSWERED = frozenset({"quoted", "to_check"})
WAITING = frozenset(
    {"sent", "no_answer", "called", "out_of_office", "question", "acknowledged", "answered"}
)
UNSENT = frozenset({"none", "draft", "queued"})
CLOSED = frozenset({"declined", "stopped", "bounced", "failed", "skipped"})
_RANK = (
    "quoted", "to_check", "question", "answered", "acknowledged", "out_of_office", "called",
    "sent", "no_answer", "queued", "draft", "none", "declined", "stopped", "bounced", "failed",
    "skipped",
)  # fmt: skip


_BY_HAND = {"phone": "To call", "whatsapp": "To message", "web_form": "Form to fill in"}


@dataclass(frozen=True, slots=True)
class Status:
    """`code` for programs, `label` and `detail` for people; `tone` is good, wait, warn or off."""

    code: str
    label: str
    detail: str = ""
    tone: str = "wait"

    @property
    def rank(self) -> int:
        """Order of usefulness: offers first, what is over last."""
        return _RANK.index(self.code)


def status_of(facts: OfferFacts, now: datetime, zone: tzinfo) -> Status:
    """The vendor's status at `now`, dates as they read in `zone`."""
    if facts.offer is not None:
        return _offered(facts, zone)
    if facts.thread.stopped and facts.thread.reply_kind != "decline":
        return Status("stopped", "Stopped", facts.thread.stopped, "off")
    answered = _answered(facts.thread, zone)
    if answered is not None:
        return answered
    return _asked(facts.thread, now, zone)


def _offered(facts: OfferFacts, zone: tzinfo) -> Status:
    offer, thread = facts.offer, facts.thread
    assert offer is not None
    when = f" {_day(thread.replied_at, zone)}" if thread.replied_at and not offer.logged_by else ""
    if offer.to_check:
        return Status("to_check", "To check", "Read by machine; a person must look.", "warn")
    if offer.logged_by:
        return Status("quoted", "Quoted", f"Logged by {offer.logged_by}", "good")
    if thread.reply_kind == "question":
        return Status("quoted", "Quoted", "Has asked something since", "good")
    return Status("quoted", "Quoted", f"Answered{when}" if when else "", "good")


def _answered(thread: Thread, zone: tzinfo) -> Status | None:
    on = _day(thread.replied_at, zone) if thread.replied_at else ""
    match thread.reply_kind:
        case "decline":
            return Status("declined", "Declined", thread.detail or on, "off")
        case "question":
            return Status("question", "Asked a question", thread.detail or on, "warn")
        case "acknowledgement":
            return Status("acknowledged", "Will answer", f"Acknowledged {on}".strip(), "wait")
        case "unread":
            return Status("answered", "Answered", "Being read", "wait")
        case "unrelated" | "quote":
            return Status("answered", "Answered", thread.detail or on, "wait")
        case "out_of_office" if thread.outbound == "sent":
            return Status("out_of_office", "Out of office", thread.detail or on, "wait")
    return None


def _asked(thread: Thread, now: datetime, zone: tzinfo) -> Status:
    match thread.outbound:
        case "bounced":
            return Status("bounced", "Bounced", thread.detail, "off")
        case "failed":
            return Status("failed", "Not delivered", thread.detail, "off")
        case "skipped":
            return Status("skipped", "Skipped", thread.detail, "off")
        case "draft":
            by_hand = _BY_HAND.get(thread.channel)
            return Status("draft", by_hand or "Draft", "" if by_hand else "Waits for approval")
        case "queued":
            return Status("queued", "Approved", thread.detail or "On its way", "wait")
        case "sent" if thread.sent_at is not None:
            return _silent(thread, thread.sent_at, now, zone)
    return Status("none", "Not contacted", thread.detail, "wait")


def _silent(thread: Thread, sent_at: datetime, now: datetime, zone: tzinfo) -> Status:
    on = _day(sent_at, zone)
    touches = f", {thread.follow_ups} follow-up{'s' * (thread.follow_ups > 1)}"
    after = touches if thread.follow_ups else ""
    if thread.channel == "phone":
        return Status("called", "Called", f"{on}{after}", "wait")
    if now - sent_at < SILENCE:
        return Status("sent", "Sent", f"{on}{after}", "wait")
    days = (now - sent_at).days
    return Status("no_answer", f"No answer since {on}", f"{days} days{after}", "warn")


def _day(moment: datetime | date, zone: tzinfo) -> str:
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone)
    return f"{moment.day} {moment:%b}"
