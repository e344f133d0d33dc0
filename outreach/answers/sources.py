"""What may be answered in a thread: the knowledge base and the facts of the request."""

from datetime import date

from django.utils import timezone

from crm.categories.wording import facts_in_words
from outreach.answers.match import Known
from outreach.drafting.marks import Sources
from outreach.drafting.sources import sources_for
from outreach.models import Campaign, Enrollment, KnowledgeEntry, Message

REQUEST = "request"


def knowledge_for(campaign: Campaign, language: str, *, on: date) -> list[Known]:
    """Entries in this language that hold here and now, and, in English, the request's facts.

    A campaign's own entry stands before a general one.
    """
    rows = KnowledgeEntry.objects.holding(campaign, on).filter(language=language)
    own_first = sorted(rows, key=lambda entry: (entry.campaign_id is None, entry.question))
    known = [Known(str(row.pk), tuple(row.asked_as()), row.answer) for row in own_first]
    return known + (_facts(campaign) if language == "en" else [])


def other_languages(campaign: Campaign, language: str, *, on: date) -> set[str]:
    """Which other languages something is known in."""
    rows = KnowledgeEntry.objects.holding(campaign, on).exclude(language=language)
    return set(rows.values_list("language", flat=True))


def _facts(campaign: Campaign) -> list[Known]:
    request = campaign.request
    if request is None or request.category is None:
        return []
    facts = facts_in_words(request.category.schema, request.constraints, currency=request.currency)
    return [
        Known(f"{REQUEST}:{fact.name}", (fact.label,), f"{fact.label}: {fact.text}.")
        for fact in facts
    ]


def sources_of(enrollment: Enrollment, knowledge: list[Known]) -> Sources:
    """Everything an answer in this thread may say, for the fact check."""
    campaign, mailbox = enrollment.campaign, enrollment.campaign.mailbox
    heard = Message.objects.filter(enrollment=enrollment).values_list("subject", "body")
    texts = [text for pair in heard for text in pair]
    texts += [text for known in knowledge for text in (*known.phrasings, known.answer)]
    if campaign.request is not None:
        return sources_for(
            campaign.request, enrollment.company, enrollment.contact, mailbox, extra=texts
        )
    company = enrollment.company
    texts += [campaign.name, campaign.offer, mailbox.from_name, mailbox.sender_title]
    texts += [enrollment.contact.name, enrollment.contact.role]
    texts += [company.name, company.description] if company else []
    texts += [str(value) for value in enrollment.facts.values()]
    return Sources(texts=tuple(text for text in texts if text), today=timezone.localdate())
