"""Nobody on a do-not-call list is called or texted, and no list older than 28 days is relied on."""

from collections.abc import Mapping, Sequence

from compliance.dnc.answers import Freshness, Listing
from compliance.dnc.numbers import area_code_of, is_e164


def refusals(
    phone: str,
    listings: Mapping[str, Sequence[Listing]],
    freshness: Mapping[str, Freshness],
    consent: bool,
) -> list[str]:
    """Reasons why this number (E.164) may not be called or texted, every one of them.

    `listings` holds every number asked, as `lookup.ask` gives it: one it lacks is refused.
    `consent` is a written consent to us for this number. It lifts the registry's and the states'
    listings (47 CFR 64.1200(c)(2)(ii)), never a request made to us (64.1200(d)), and never the
    duty to have asked: a list that is missing or stale refuses all the same.
    """
    if not is_e164(phone):
        return [f"“{phone}” is no phone number in international form, such as +15615550123."]
    if phone not in listings:  # written in another way, perhaps: then nothing says it is free
        return [f"{phone} was not looked up on the do-not-call lists."]
    reasons = [
        f"{phone} is on {listing}{_words(listing)}."
        for listing in listings[phone]
        if listing.internal or not consent
    ]
    area_code = area_code_of(phone)
    if area_code is None:
        # No list of ours covers another country, so nothing says that they may be called.
        if not consent:
            reasons.append(
                f"{phone} is outside the United States, where no do-not-call list of ours "
                "reaches: it needs a written consent."
            )
        return reasons
    known = freshness.get(area_code, Freshness(area_code, ()))
    return [*reasons, *known.refusals]


def _words(listing: Listing) -> str:
    return f" ({listing.reason.rstrip('.')})" if listing.reason else ""


def warnings(phone: str, freshness: Mapping[str, Freshness]) -> list[str]:
    """What will refuse this number within days unless a new list is imported."""
    known = freshness.get(area_code_of(phone) or "")
    return list(known.warnings) if known else []
