"""Checks content a person wrote or changed, by the same rules as a machine's draft."""

from dataclasses import dataclass

from outreach.choices import Channel
from outreach.drafting.fact_check import check_facts
from outreach.drafting.leftovers import find_leftovers
from outreach.drafting.marks import FactMark
from outreach.drafting.sources import sources_for
from outreach.models import Message


@dataclass(frozen=True, slots=True)
class ContentReview:
    """`problems` forbid approval; `marks` flag the draft for a look."""

    problems: list[str]
    marks: list[FactMark]


def review_content(message: Message, subject: str, body: str) -> ContentReview:
    """What is wrong with new content for this message; needs enrollment, campaign and request.

    Text of the messages before it in the thread counts as a record: quoting a vendor's own price
    back to them invents nothing.
    """
    problems = find_leftovers(subject, body, needs_subject=message.channel == Channel.EMAIL)
    campaign, enrollment = message.campaign, message.enrollment
    if campaign is None or campaign.request is None or enrollment is None:
        return ContentReview(problems, [])
    earlier = Message.objects.filter(enrollment=enrollment).exclude(pk=message.pk)
    heard = [text for pair in earlier.values_list("subject", "body") for text in pair]
    sources = sources_for(
        campaign.request, enrollment.company, enrollment.contact, campaign.mailbox, extra=heard
    )
    return ContentReview(problems, check_facts(subject, body, sources))
