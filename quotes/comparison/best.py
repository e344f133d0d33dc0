"""Which offer is the best deal, why, and what could still change that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quotes.comparison.currency import money
from quotes.comparison.facts import Offer
from quotes.comparison.rows import Row


@dataclass(frozen=True, slots=True)
class Best:
    """The best deal with its reason as a sentence and its caveats as sentences."""

    row: Row
    reason: str
    caveats: tuple[str, ...]


def best_of(rows: Sequence[Row], currency: str) -> Best | None:
    """The lowest all-in price among offers that can be taken; None where there is none.

    A range counts with its upper end. At the same price, the offer with fewer open extras wins,
    then the one that holds longer, then the name, so that the answer never depends on the order.
    """
    running = sorted((row for row in rows if row.in_the_running), key=_order)
    if not running:
        return None
    best, others = running[0], running[1:]
    return Best(best, _reason(best, others, currency), _caveats(best, rows, others))


def _order(row: Row) -> tuple[object, ...]:
    offer = _offer(row)
    unknown = len(row.total.unknown) if row.total else 0
    holds_until = -(offer.expires_on or date.max).toordinal()
    return row.high, unknown, holds_until, row.facts.vendor.casefold(), str(row.facts.enrollment_id)


def _reason(best: Row, others: Sequence[Row], currency: str) -> str:
    if not others:
        return "The only offer so far that can be taken: still valid, and it covers the request."
    said_so = all(_offer(row).availability == "available" for row in (best, *others))
    reason = (
        f"Lowest all-in price among {len(others) + 1} {'available ' * said_so}offers that are "
        "still valid and cover the request"
    )
    following = others[0]
    assert best.high is not None
    assert following.high is not None
    gap = following.high - best.high
    if not gap:
        return f"{reason}; {following.facts.vendor} asks the same."
    return f"{reason}; {money(gap, currency)} below the next ({following.facts.vendor})."


def _caveats(best: Row, rows: Sequence[Row], others: Sequence[Row]) -> tuple[str, ...]:
    offer, total = _offer(best), best.total
    found = []
    if total is not None and total.unknown:
        found.append(f"Not in the figure: {', '.join(total.unknown)}.")
    if total is not None and total.conditional:
        found.append(f"May come on top: {', '.join(total.conditional)}.")
    if offer.earlier.extras:
        named = ", ".join(extra.label for extra in offer.earlier.extras)
        found.append(f"The earlier quote had on top, and the revised one does not repeat: {named}.")
    if offer.includes_tax is None and offer.earlier.includes_tax is not None:
        covered = "included" if offer.earlier.includes_tax else "not included"
        found.append(f"Whether tax is included stands from the earlier quote: {covered}.")
    elif offer.includes_tax is None:
        found.append("The vendor did not say whether tax is included.")
    if total is not None and total.low != total.high:
        found.append("The offer is a range; its upper end was compared.")
    if offer.availability == "conditional":
        found.append("Availability is conditional until it is booked.")
    elif not offer.availability:
        found.append("The vendor did not say in so many words that it is available.")
    if offer.expires_on is None and offer.earlier.expires_on:
        found.append(f"Until when it holds stands from the earlier quote: {best.validity.words}.")
    elif offer.expires_on is None:
        found.append("No date was given until which the price holds.")
    elif best.validity.soon:
        found.append(f"The price holds only until {best.validity.words}.")
    return (*found, *_left_out(best, rows))


def _left_out(best: Row, rows: Sequence[Row]) -> list[str]:
    """Cheaper or unknown offers the answer does not rest on: said, not hidden."""
    found = []
    unchecked = [row.facts.vendor for row in rows if row.status.code == "to_check"]
    if unchecked:
        found.append(f"Still to check, and not counted: {', '.join(sorted(unchecked))}.")
    for row in sorted(rows, key=lambda row: row.facts.vendor.casefold()):
        if row.status.code != "quoted" or row is best:
            continue
        if row.not_compared:
            found.append(f"{row.facts.vendor} is not compared: {row.not_compared}.")
        elif row.high is not None and best.high is not None and row.high < best.high:
            why = list(row.obstacles)
            if row.validity.expired:
                why.append(f"its offer {row.validity.words}")
            found.append(f"{row.facts.vendor} asks less, but {' and '.join(why)}.")
    return found


def _offer(row: Row) -> Offer:
    assert row.facts.offer is not None
    return row.facts.offer
