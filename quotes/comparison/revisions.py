"""What stands from a vendor's earlier quotes, because the revised one does not repeat it."""

from collections.abc import Sequence
from typing import Any

from quotes.comparison.facts import Earlier, Offer

FROM_EARLIER = "from the earlier quote"


def said(value: Any) -> bool:
    """Whether a value was given at all; False and 0 are values."""
    return value is not None and value != "" and value != []


def earlier_than(offer: Offer, older: Sequence[Offer]) -> Earlier:
    """Each thing the offer leaves out, as the newest of the `older` (newest first) said it.

    What comes on top is one statement: an offer that names any extra has named them all.
    """
    extras = None if offer.extras else next((one for one in older if one.extras), None)
    return Earlier(
        fields={
            name: (value, one.currency)
            for one in reversed(older)
            for name, value in one.fields.items()
            if said(value) and not said(offer.fields.get(name))
        },
        includes_tax=_newest("includes_tax", offer, older),
        expires_on=_newest("expires_on", offer, older),
        deposit=_newest("deposit", offer, older) or "",
        extras=extras.extras if extras else (),
        currency=extras.currency if extras else "",
    )


def _newest(name: str, offer: Offer, older: Sequence[Offer]) -> Any:
    if said(getattr(offer, name)):
        return None
    return next((value for one in older if said(value := getattr(one, name))), None)
