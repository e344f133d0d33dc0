"""How much a reply is like the labelled replies we know: a likelihood for every intent. Pure.

The cue tables know what people may say; this knows what they said. It was learned from labelled
replies, those of the tests but `fresh_u` (`evaluate learn`), and speaks beside the tables.
"""

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from outreach.conversations.case import Intent
from outreach.conversations.scoring import CUSTOMER, VENDOR

TABLE = Path(__file__).parent / "words" / "likeness.tsv"
INTENTS = tuple(Intent)
MOST_WORDS = 160
KNOWN = 0.4
_WORD = re.compile(r"[\w$€£₽]+|[?!]")
_STEM = 5
_SHORT_STEM = 4
_STEP = 8
_MOST_STEPS = 5


Likelihoods = dict[Intent, float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`weights` by feature, in the order of INTENTS; `bias` is what holds for every reply."""

    weights: dict[str, tuple[float, ...]]
    bias: tuple[float, ...]

    def knows(self, words: str) -> bool:
        """Whether enough of the words (plain) were met before to say anything by them."""
        said = _said(words)
        return sum(word in self.weights for word in said) >= KNOWN * len(said) > 0

    def of(self, features: frozenset[str]) -> Likelihoods:
        """The likelihood of every intent; they add up to one."""
        known = [self.weights[feature] for feature in features if feature in self.weights]
        share = 1 / math.sqrt(len(known)) if known else 0.0
        sums = [
            bias + share * sum(column)
            for bias, column in zip(self.bias, zip(*known, strict=True), strict=True)
        ] if known else list(self.bias)  # fmt: skip
        top = max(sums)
        raised = [math.exp(value - top) for value in sums]
        total = sum(raised)
        return {intent: value / total for intent, value in zip(INTENTS, raised, strict=True)}


def features_of(words: str, *, context: str, channel: str) -> frozenset[str]:
    """What of a reply is compared: words, their beginnings, neighbours, length, and who it is.

    `words` are plain (see `plain`); figures are all alike.
    """
    said = _said(words)
    found = set(said)
    found.update(f"{one} {other}" for one, other in pairwise(said))
    found.update(f"{one} _ {other}" for one, other in zip(said, said[2:], strict=False))
    found.update(f"{word[:_STEM]}*" for word in said if len(word) > _STEM)
    found.update(f"{word[:_SHORT_STEM]}*" for word in said if len(word) > _SHORT_STEM)
    about = context.lower()
    found.add(
        "@vendor" if VENDOR.search(about) else "@customer" if CUSTOMER.search(about) else "@cold"
    )
    found.add(f"@{channel}")
    found.add(f"@length {min(_MOST_STEPS, len(said) // _STEP)}")
    found.update({f"^{' '.join(said[:1])}", f"^{' '.join(said[:2])}", f"{' '.join(said[-1:])}$"})
    return frozenset(found)


def _said(words: str) -> list[str]:
    return ["#" if word[0].isdigit() else word for word in _WORD.findall(words)[:MOST_WORDS]]


@cache
def likeness() -> Likeness:
    """The shipped table, read once."""
    bias: tuple[float, ...] = ()
    weights: dict[str, tuple[float, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        feature, *columns = line.split("\t")
        values = tuple(float(column or 0) for column in columns)
        if feature:
            weights[feature] = values
        else:
            bias = values
    return Likeness(weights, bias)
