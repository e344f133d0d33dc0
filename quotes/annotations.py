"""What the thread page shows of a reading: the words values came from, and a summary."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from outreach.models import Message
from outreach.thread import Annotation
from quotes.evidence import spans_in
from quotes.models import Quote
from quotes.words import summary


def annotate_quotes(messages: Sequence[Message]) -> dict[UUID, list[Annotation]]:
    """Evidence spans and one summary a reading, by message id; one query."""
    by_id = {message.pk: message for message in messages}
    readings = Quote.objects.filter(message__in=by_id).select_related(
        "enrollment__campaign__request__category"
    )
    found: dict[UUID, list[Annotation]] = {}
    for quote in readings:
        if quote.message_id is None:
            continue
        message = by_id[quote.message_id]
        labels = _labels(quote)
        found[message.pk] = [
            Annotation(labels.get(one.value, one.value), one.start, one.end, part, one.value)
            for part, text in (("subject", message.subject), ("body", message.body))
            for one in spans_in(text, quote.evidence, part)
        ]
        url = reverse("admin:quotes_review", args=[quote.pk])
        found[message.pk].append(Annotation(summary(quote), kind="quote", url=url))
    return found


def _labels(quote: Quote) -> dict[str, str]:
    """Readable names of the category's fields and of our own columns."""
    labels = {field.name: str(field.verbose_name).capitalize() for field in Quote._meta.fields}
    request = quote.enrollment.campaign.request
    if request is not None and request.category is not None:
        labels |= {spec.name: spec.label for spec in request.category.schema.fields}
    return labels
