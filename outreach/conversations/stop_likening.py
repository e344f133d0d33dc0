"""Learns the table of `stop_likeness` from labelled replies and phrases, in plain Python. Pure."""

import csv
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence

from outreach.conversations.case import MACHINES, Intent
from outreach.conversations.evaluate import read_cases, to_case
from outreach.conversations.own_text import own_text
from outreach.conversations.stop_likeness import StopLikeness, stop_features_of

ROUNDS = 15
RATE = 0.5
DECAY = 2e-4
LEAST = 0.1  # a weight below moves nothing
RARE = 2  # what fewer texts say is a name or chance

Example = tuple[frozenset[str], bool]


def stop_examples_of(lines: Iterable[str]) -> list[Example]:
    """Labelled replies of persons (JSON lines): what was said, and whether it asks us to stop."""
    found = []
    for data, problem in read_cases(lines):
        if problem or "truth" not in data or Intent(data["truth"]["intent"]) in MACHINES:
            continue
        case = to_case(data)
        said = own_text(case.text).text.strip() or case.subject
        found.append((stop_features_of(said), bool(data["truth"]["opt_out"])))
    return found


def phrases_of(lines: Iterable[str]) -> list[Example]:
    """Phrases (CSV with `class` and `phrase`); those that may mean either teach nothing."""
    return [
        (stop_features_of(row["phrase"]), row["class"] == "optout")
        for row in csv.DictReader(lines)
        if row["class"] in {"optout", "not_optout"}
    ]


def learn_stops(examples: Sequence[Example]) -> StopLikeness:
    """Logistic regression by stochastic gradient (Adagrad); the same table for the same examples."""
    met = Counter(feature for features, _ in examples for feature in features)
    weights = {feature: 0.0 for feature in sorted(met) if met[feature] >= RARE}
    steps = dict.fromkeys(weights, 1e-2)
    order = [(sorted(f for f in features if f in weights), stops) for features, stops in examples]
    bias = 0.0
    shuffle = random.Random(1).shuffle  # the same order every time
    for _ in range(ROUNDS):
        shuffle(order)
        for features, stops in order:
            share = 1 / math.sqrt(len(features)) if features else 0.0
            total = bias + share * sum(weights[feature] for feature in features)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - stops
            bias -= 0.02 * error
            for feature in features:
                slope = share * error + DECAY * weights[feature]
                steps[feature] += slope * slope
                weights[feature] -= RATE * slope / math.sqrt(steps[feature])
    return StopLikeness(weights, bias)


def as_stop_table(table: StopLikeness) -> str:
    """As lines of feature and weight, nothing for next to none; the bias first, without a name."""
    rows = [f"\t{table.bias:.3f}"]
    rows += [
        f"{feature}\t{weight:.2f}"
        for feature, weight in sorted(table.weights.items())
        if abs(weight) >= LEAST
    ]
    return "\n".join(rows) + "\n"
