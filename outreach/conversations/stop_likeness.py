"""How likely a reply wants us to stop, by what people wrote who did and who did not. Pure.

The third reader after the tables of `compliance.optout` and its doubt: it knows no grammar, only
which words, pieces of words and ideas stood in wishes to stop. Learned from the labelled replies
and phrases of the tests (`evaluate learn-stops`); what it finds likely is held for a person.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from compliance.optout.doubt import ideas_of
from compliance.optout.normal import fold, sentences

TABLE = Path(__file__).parent / "words" / "stop_likeness.tsv"
MOST_TEXT = 1_500
MOST_WORDS = 80
NEAR = 6
_PIECE = 4


@dataclass(frozen=True, slots=True)
class StopLikeness:
    """`weights` by feature; `bias` is what holds for every reply."""

    weights: dict[str, float]
    bias: float

    def of(self, features: frozenset[str]) -> float:
        """The likelihood, 0 to 1; none where nothing was met before, as in pictures alone."""
        known = [self.weights[feature] for feature in features if feature in self.weights]
        if not known:
            return 0.0
        total = self.bias + sum(known) / math.sqrt(len(known))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def stop_features_of(text: str) -> frozenset[str]:
    """What of a text is compared: words, neighbours, pieces of words, ideas that stand near.

    `text` is the person's own; figures are all alike.
    """
    found: set[str] = set()
    count = 0
    for words, asked in sentences(fold(text[:MOST_TEXT])):
        said = ["#" if word[0].isdigit() else word for word in words.split()[: MOST_WORDS - count]]
        if not said:
            break
        count += len(said)
        found.update(said)
        found.update(f"{one} {other}" for one, other in pairwise(said))
        found.update(f"{one} _ {other}" for one, other in zip(said, said[2:], strict=False))
        found.update({f"^{said[0]}", f"{said[-1]}$"})
        found.update(piece for word in said if len(word) >= _PIECE for piece in _pieces(word))
        found.update(_ideas(said))
        if asked:
            found.add("@asked")
    return frozenset(found)


def _pieces(word: str) -> Iterator[str]:
    """The beginning of a word and every four letters of it, so that a slip leaves most alike."""
    yield f"{word[:_PIECE]}*"
    edged = f"<{word}>"
    for at in range(len(edged) - _PIECE + 1):
        yield f"~{edged[at : at + _PIECE]}"


def _ideas(said: list[str]) -> Iterator[str]:
    """Which ideas were met, and which after which within a few words of a clause."""
    met = [ideas_of(word) for word in said]
    for at, here in enumerate(met):
        yield from (f"={idea}" for idea in here)
        for further in range(at + 1, min(len(met), at + NEAR)):
            if said[further] == ",":
                break
            yield from (f"={one}>{other}" for one in here for other in met[further])


@cache
def stop_likeness() -> StopLikeness:
    """The shipped table, read once."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    weights = {feature: float(weight) for feature, weight in rows}
    return StopLikeness(weights, weights.pop("", 0.0))
