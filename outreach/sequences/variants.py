"""Which wording a person gets: weighted, and the same every time it is asked."""

import hashlib
from collections.abc import Sequence

from outreach.sequences.steps import Step, Variant


def fraction(key: str) -> float:
    """A number from 0 up to 1 that belongs to the key: even over many keys, the same for one."""
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def choose(variants: Sequence[Variant], key: str) -> Variant:
    """The variant of this key, by weight; raises ValueError where no variant has any weight.

    The key alone decides, not the step: where all steps carry the same weights, a person stays
    with one wording through the sequence, and an answer can be credited to it.
    """
    total = sum(variant.weight for variant in variants)
    if total <= 0:
        raise ValueError("No variant has a weight above nought.")
    mark = fraction(key) * total
    for variant in variants:
        mark -= variant.weight
        if mark < 0:
            return variant
    return [variant for variant in variants if variant.weight][-1]


def arm(steps: Sequence[Step], key: str) -> str:
    """The variant that tells this person's way from others': of the first step with several."""
    tested = next((step for step in steps if len(step.variants) > 1), None)
    chosen = tested or (steps[0] if steps else None)
    return choose(chosen.variants, key).name if chosen else ""
