"""Answers that came by phone, WhatsApp or in person, written down by whoever heard them."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import audit
from outreach.actors import name_of
from outreach.choices import EnrollmentStatus, MessageKind
from outreach.models import Enrollment
from outreach.stopping import cancel_open_messages
from quotes.choices import EntryMethod, QuoteStatus
from quotes.lifecycle import lock_thread, outranks, stand, standing
from quotes.models import Quote
from quotes.values import check_values, write_lists

# A thread in one of these may still be followed up; an answer that was logged ends that.
_OPEN = (EnrollmentStatus.PENDING, EnrollmentStatus.ACTIVE)


@transaction.atomic
def log_quote(enrollment: Enrollment, *, actor: User, **values: Any) -> Quote:
    """Record what a vendor said; it counts at once and is marked as logged by this person.

    Raises InvalidQuoteError with a message per value. An earlier answer is superseded and kept.
    """
    thread = lock_thread(enrollment.pk)
    checked = check_values(values, thread.campaign)
    now = timezone.now()
    quote = Quote.objects.create(
        enrollment=thread,
        entry_method=EntryMethod.MANUAL,
        status=QuoteStatus.SUPERSEDED,  # until it stands, three lines down
        logged_by=actor,
        reviewed_by=actor,
        reviewed_at=now,
        **checked.columns(),
    )
    write_lists(quote, checked)
    superseded = stand(quote) if outranks(quote.kind, standing(thread)) else None
    Enrollment.objects.filter(pk=thread.pk, status__in=_OPEN).update(
        status=EnrollmentStatus.REPLIED, last_inbound_at=now, updated_at=now
    )
    cancel_open_messages(
        actor=name_of(actor),
        reason=f"{name_of(actor)} logged the vendor's answer.",
        enrollment=thread,
        kind=MessageKind.FOLLOW_UP,
    )
    audit.append(
        "quote.logged",
        quote,
        actor=name_of(actor),
        campaign_id=thread.campaign_id,
        data={
            "price": quote.price,
            "currency": quote.currency,
            "kind": quote.kind,
            "superseded": str(superseded.pk) if superseded else None,
        },
    )
    return quote
