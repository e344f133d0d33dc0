"""What a person decides about an answer that was read: confirm, correct, reject, mark, note."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import audit
from outreach.actors import name_of
from outreach.models import Enrollment
from quotes.choices import QuoteStatus
from quotes.errors import QuoteError, ReviewConflictError
from quotes.lifecycle import lock_thread, move, stand
from quotes.models import Quote
from quotes.values import QuoteValues, check_values, values_of, write_lists


@transaction.atomic
def confirm(quote: Quote, *, actor: User) -> Quote:
    """The reading is right as it stands: it becomes the vendor's current answer."""
    lock_thread(quote.enrollment_id)
    quote.refresh_from_db()
    if quote.kind == "quote" and quote.price is None:
        raise QuoteError("There is no price to confirm: correct the quote and fill one in.")
    before = stand(quote, review_reasons=[], **_reviewed(actor))
    _record("quote.confirmed", quote, actor, {"superseded": str(before.pk) if before else None})
    return quote


@transaction.atomic
def correct(quote: Quote, *, actor: User, version: int, **values: Any) -> Quote:
    """Write what the vendor really said over what was read, and let it stand.

    `version` is the one the person saw: if somebody else changed the quote since, raises
    ReviewConflictError and writes nothing. A value that stays keeps its evidence; one that was
    changed loses it. Raises InvalidQuoteError with a message per value.
    """
    lock_thread(quote.enrollment_id)
    quote.refresh_from_db()
    if quote.version != version:
        raise ReviewConflictError(
            "Somebody changed this quote while you were looking at it. Your values are still "
            "below: compare them with what it says now, and save again.",
            version=quote.version,
        )
    before = values_of(quote)
    after = check_values(values, quote.enrollment.campaign, known=before)
    changed = _changes(before, after)
    evidence = {name: span for name, span in quote.evidence.items() if name not in changed}
    confidence = {name: sure for name, sure in quote.confidence.items() if name not in changed}
    stand(
        quote,
        **after.columns(),
        evidence=evidence,
        confidence=confidence,
        review_reasons=[],
        **_reviewed(actor),
    )
    write_lists(quote, after)
    _record("quote.corrected", quote, actor, {"changed": changed})
    return quote


@transaction.atomic
def reject(quote: Quote, *, actor: User, reason: str = "") -> Quote:
    """This is no answer to go by; what it had superseded stands again."""
    lock_thread(quote.enrollment_id)
    quote.refresh_from_db()
    stood = quote.status == QuoteStatus.CURRENT
    move(quote, QuoteStatus.REJECTED, is_finalist=False, **_reviewed(actor))
    earlier = quote.supersedes
    if stood and earlier is not None and earlier.status == QuoteStatus.SUPERSEDED:
        move(earlier, QuoteStatus.CURRENT)
    _record("quote.rejected", quote, actor, {}, reason=reason)
    return quote


@transaction.atomic
def mark_finalist(quote: Quote, *, actor: User, finalist: bool = True) -> Quote:
    """Put the offer on the short list, or take it off; only what stands can be a finalist."""
    lock_thread(quote.enrollment_id)
    if finalist:
        moved = Quote.objects.filter(pk=quote.pk, status=QuoteStatus.CURRENT, kind="quote").update(
            is_finalist=True, updated_at=timezone.now()
        )
        if not moved:
            raise QuoteError("Only an offer that stands can be a finalist: check this one first.")
    else:
        Quote.objects.filter(pk=quote.pk).update(is_finalist=False, updated_at=timezone.now())
    quote.refresh_from_db()
    _record("quote.finalist" if finalist else "quote.not_finalist", quote, actor, {})
    return quote


@transaction.atomic
def add_note(enrollment: Enrollment, *, actor: User, text: str) -> Enrollment:
    """Add a dated, signed line to the vendor's notes; nothing written before is lost."""
    text = text.strip()
    if not text:
        raise QuoteError("The note is empty: write what you want to remember.")
    if len(text) > 2000:
        raise QuoteError("The note is longer than 2,000 characters: shorten it.")
    thread = lock_thread(enrollment.pk)
    stamp = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    line = f"{stamp} {shown_name(actor)}: {text}"
    thread.notes = f"{thread.notes}\n{line}".strip()
    thread.save(update_fields=["notes", "updated_at"])
    audit.append(
        "enrollment.noted",
        thread,
        actor=name_of(actor),
        campaign_id=thread.campaign_id,
    )
    return thread


def shown_name(person: User) -> str:
    """How a person is named on a page; the ledger has the user name."""
    return person.get_full_name() or person.get_username()


def _reviewed(actor: User) -> dict[str, Any]:
    return {"reviewed_by": actor, "reviewed_at": timezone.now()}


def _changes(before: QuoteValues, after: QuoteValues) -> dict[str, list[Any]]:
    """`{name: [before, after]}` for every value that differs; category fields by their own name."""
    old, new = before.flat(), after.flat()
    return {
        name: [_plain(old.get(name)), _plain(new.get(name))]
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _record(
    action: str, quote: Quote, actor: User, data: dict[str, Any], *, reason: str = ""
) -> None:
    audit.append(
        action,
        quote,
        actor=name_of(actor),
        reason=reason,
        campaign_id=quote.enrollment.campaign_id,
        data={"price": quote.price, "currency": quote.currency, **data},
    )
