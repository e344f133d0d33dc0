"""Shares of anything, brought to 100 per cent: exact parts, whole numbers, and who is behind."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from crm.errors import CrmError

MOST_SHARE = Decimal(1_000_000)
SMALLEST_SHARE = Decimal("0.000001")


class BadSharesError(CrmError):
    """Numbers nothing can be shared out by, with what to change."""


def normalise(shares: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """The shares as exact parts of 1, whatever they added up to; BadSharesError for none."""
    for segment, share in shares.items():
        if not share.is_finite() or not 0 <= share <= MOST_SHARE:
            name = segment.replace("_", " ")
            raise BadSharesError(
                f"The share of {name} is {share}; a share is a number from 0 to {MOST_SHARE:,}."
            )
    # Cut first: the fraction of 1E-999999 would have a million digits.
    parts = {name: Fraction(share.quantize(SMALLEST_SHARE)) for name, share in shares.items()}
    total = sum(parts.values())
    if not total:
        raise BadSharesError("All shares are zero: give at least one segment a share.")
    return {name: part / total for name, part in parts.items()}


def percentages(shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The shares in per cent with one decimal; what is shown adds up to exactly 100.0."""
    tenths = apportion(1000, list(normalise(shares).values()))
    return {name: Decimal(n) / 10 for name, n in zip(shares, tenths, strict=True)}


def apportion(total: int, weights: Sequence[Fraction]) -> list[int]:
    """Whole numbers that add up to `total`, as near to the weights as can be: largest remainder.

    The weights add up to 1; of equal remainders the earlier wins.
    """
    quotas = [total * weight for weight in weights]
    counts = [int(quota) for quota in quotas]
    by_rest = sorted(range(len(quotas)), key=lambda n: (counts[n] - quotas[n], n))
    for n in by_rest[: total - sum(counts)]:
        counts[n] += 1
    return counts


def furthest_behind(
    parts: Mapping[str, Fraction], counts: Mapping[str, int], among: Collection[str]
) -> str:
    """Who of these has least of what their part of everything would be; the earlier if equal."""
    everything = sum(counts.values()) + 1
    return max(
        (name for name in parts if name in among),
        key=lambda name: parts[name] * everything - counts.get(name, 0),
    )
