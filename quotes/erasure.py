"""A person is erased: quotes keep their figures and lose the words they were read from."""

from typing import Any

from crm.models import Contact
from quotes.models import Quote


def erase_person(sender: object, *, contact: Contact, **_signal: Any) -> dict[str, int]:
    """Hears `crm.signals.contact_erased`, in its transaction; returns what it blanked."""
    rows = Quote.objects.filter(enrollment__contact=contact)
    return {"quotes": rows.update(evidence={}, terms="", review_reasons=[])}
