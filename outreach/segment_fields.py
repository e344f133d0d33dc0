"""What outreach adds to segments: fields of what was said and heard, reasons to stay out."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from crm.segments.exclusions import Reason
from crm.segments.fields import Field, Kind, Reach, Source, fixed
from crm.segments.own_fields import rows_as_choices
from outreach.choices import UNDER_WAY, CampaignKind, EnrollmentStatus, ReplyIntent
from outreach.models import (
    Campaign,
    Conversation,
    Enrollment,
    Message,
    MessageReading,
    Sequence,
)
from outreach.sequences.campaigns import Terms
from outreach.sequences.enroll import OPEN_CAMPAIGNS

HEADING = "Outreach"
THREADS = Source("threads", HEADING, Reach.ANY, lambda: Enrollment.objects.all())
MESSAGES = Source(
    "messages", HEADING, Reach.ANY,
    lambda: Message.objects.filter(direction="outbound"), "enrollment__contact",
)  # fmt: skip
TALKS = Source("talks", HEADING, Reach.ANY, lambda: newest_talks(), "enrollment__contact")
READINGS = Source(
    "readings", HEADING, Reach.ANY, lambda: said(ReplyIntent.INTERESTED),
    "message__enrollment__contact",
)  # fmt: skip


def newest_talks() -> "QuerySet[Conversation]":
    """Each person's conversation with the latest reply."""
    later = Conversation.objects.filter(
        enrollment__contact=OuterRef("enrollment__contact"),
        last_reply_at__gt=OuterRef("last_reply_at"),
    )
    return Conversation.objects.filter(~Exists(later))


def said(intent: str) -> "QuerySet[MessageReading]":
    """Replies with this intent, as a person corrected it, else as it was read."""
    read = Q(intent=intent, corrected_intent="") | Q(corrected_intent=intent)
    return MessageReading.objects.filter(read)


def _under_way() -> "QuerySet[Enrollment]":
    return Enrollment.objects.filter(
        status__in=sorted(UNDER_WAY), campaign__status__in=OPEN_CAMPAIGNS
    )


def outreach_fields() -> list[Field]:
    """All of them, in the order in which they are offered."""
    campaigns = rows_as_choices(
        lambda: Campaign.objects.order_by("-created_at"), "pk", "name", by_uuid=True
    )
    sequences = rows_as_choices(lambda: Sequence.objects.order_by("name"), "slug", "name")
    return [
        Field("outreach.contacted", "written to", Kind.DATE, THREADS, "last_outbound_at",
              first="not_in_last"),
        Field("outreach.answered", "heard from", Kind.DATE, THREADS, "last_inbound_at"),
        Field("outreach.opened", "seen opening a mail", Kind.DATE, MESSAGES, "opened_at"),
        Field("outreach.bounced", "unreachable (a mail came back)", Kind.DATE, MESSAGES,
              "bounced_at"),
        Field("outreach.interested", "replied with interest", Kind.BOOL, READINGS, "pk",
              yes="has replied with interest", no="has not replied with interest"),
        Field("outreach.intent", "intent of the last reply", Kind.CHOICE, TALKS, "intent",
              choices=fixed(ReplyIntent.choices)),
        Field("outreach.active", "in an active campaign", Kind.BOOL, THREADS, "pk",
              rows=_under_way, yes="is in an active campaign", no="is in no active campaign"),
        Field("outreach.campaign", "campaign", Kind.CHOICE, THREADS, "campaign",
              choices=campaigns, keyed=True,
              yes="has been in the campaign {}", no="has never been in the campaign {}"),
        Field("outreach.sequence", "sequence", Kind.CHOICE, THREADS,
              "version__sequence__slug", choices=sequences,
              yes="has followed the sequence {}", no="has never followed the sequence {}"),
    ]  # fmt: skip


def _busy() -> Q:
    rows = _under_way().filter(campaign__exclusive=True, campaign__kind=CampaignKind.SEQUENCE)
    return Q(Exists(rows.filter(contact=OuterRef("pk"))))


def _with_a_person() -> Q:
    rows = Enrollment.objects.filter(status=EnrollmentStatus.HANDED_OVER)
    return Q(Exists(rows.filter(contact=OuterRef("pk"))))


def _just_written_to() -> Q:
    since = timezone.now() - timedelta(days=Terms().contact_gap_days)
    rows = Enrollment.objects.filter(last_outbound_at__gt=since)
    return Q(Exists(rows.filter(contact=OuterRef("pk"))))


def outreach_reasons() -> list[Reason]:
    """What keeps people out of a campaign with the usual terms."""
    days = Terms().contact_gap_days
    return [
        Reason("exclusive", "Under way in an exclusive campaign", _busy),
        Reason("with_a_person", "A person is looking after them", _with_a_person),
        Reason("too_recent", f"Written to within {days} days", _just_written_to),
    ]
