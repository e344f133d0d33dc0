"""Learns the table of `likeness` from labelled replies: a regression in plain Python. Pure."""

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from outreach.conversations.case import Intent
from outreach.conversations.evaluate import read_cases, to_case
from outreach.conversations.likeness import INTENTS, Likeness, features_of
from outreach.conversations.own_text import own_text
from outreach.conversations.plain import plain

ROUNDS = 40
RATE = 0.5
DECAY = 2e-4
LEAST = 0.15  # a weight below moves nothing
RARE = 2  # what fewer replies say is a name or chance

Example = tuple[frozenset[str], Intent]


def examples_of(lines: Iterable[str]) -> list[Example]:
    """The labelled replies of a file (JSON lines); what has no words or no truth is left out."""
    found = []
    for data, problem in read_cases(lines):
        if problem or "truth" not in data:
            continue
        case = to_case(data)
        words = plain(own_text(case.text).text).text
        if words.strip():
            features = features_of(words, context=case.context, channel=case.channel)
            found.append((features, Intent(data["truth"]["intent"])))
    return found


def hold_out(
    known: Mapping[Path, Sequence[Example]],
) -> Iterator[tuple[Path, int, int]]:
    """(file, right, of): the replies of each as the table says that only the others taught."""
    for name, examples in known.items():
        table = learn([e for other, rest in known.items() if other != name for e in rest])
        right = sum(_likeliest(table, features) is intent for features, intent in examples)
        yield name, right, len(examples)


def _likeliest(table: Likeness, features: frozenset[str]) -> Intent:
    likelihoods = table.of(features)
    return max(likelihoods, key=likelihoods.__getitem__)


def learn(examples: Sequence[Example]) -> Likeness:
    """Softmax regression by stochastic gradient (Adagrad); the same table for the same examples."""
    met = Counter(feature for features, _ in examples for feature in features)
    known = {feature for feature, times in met.items() if times >= RARE}
    width = len(INTENTS)
    weights = {feature: [0.0] * width for feature in sorted(known)}
    steps = {feature: [1e-2] * width for feature in weights}
    bias = [0.0] * width
    order = [(sorted(features & known), INTENTS.index(intent)) for features, intent in examples]
    shuffle = random.Random(1).shuffle  # the same order every time
    for _ in range(ROUNDS):
        shuffle(order)
        for features, right in order:
            _step(features, right, weights, steps, bias)
    return Likeness({f: tuple(row) for f, row in weights.items()}, tuple(bias))


def _step(
    features: list[str],
    right: int,
    weights: dict[str, list[float]],
    steps: dict[str, list[float]],
    bias: list[float],
) -> None:
    share = 1 / math.sqrt(len(features)) if features else 0.0
    rows = [weights[feature] for feature in features]
    sums = [bias[at] + share * sum(row[at] for row in rows) for at in range(len(bias))]
    top = max(sums)
    raised = [math.exp(value - top) for value in sums]
    total = sum(raised)
    errors = [value / total - (at == right) for at, value in enumerate(raised)]
    for at, error in enumerate(errors):
        bias[at] -= 0.02 * error
    for feature, row in zip(features, rows, strict=True):
        squares = steps[feature]
        for at, error in enumerate(errors):
            slope = share * error + DECAY * row[at]
            squares[at] += slope * slope
            row[at] -= RATE * slope / math.sqrt(squares[at])


def as_table(table: Likeness) -> str:
    """As lines of tab-separated weights, one decimal, nothing for next to none; the bias first."""
    lines = ["\t".join(["feature", *map(str, INTENTS)])]
    rows = [("", table.bias), *sorted(table.weights.items())]
    for feature, row in rows:
        values = [f"{value:.1f}" if abs(value) >= LEAST else "" for value in row]
        if any(values) or not feature:
            lines.append("\t".join([feature, *values]))
    return "\n".join(lines) + "\n"
