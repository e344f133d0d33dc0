"""Finds what is known about a question: stems in common, the rare ones weighing most. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import snowballstemmer

STEMMERS = {
    "en": "english", "es": "spanish", "ru": "russian", "de": "german", "fr": "french",
    "it": "italian", "pt": "portuguese", "nl": "dutch",
}  # fmt: skip
EMPTY = {
    "en": """
        a about an and any are as at be can could did do does for from had happen happens has have
        how i if in is it its just know let like me my need of on or our please say send tell that
        the their them there they this to us want was we what when where which who why will with
        would you your""",
    "es": """
        a al algo algun algún alguna alguno como cómo con cual cuál cuales cuáles cuando cuándo de
        decir del donde dónde el él ella en enviar es esta está este hay la las le lo los me mi no
        nos o para por puede puedo que qué quien quién quisiera saber se si sí su sus tienen un una
        ustedes y""",
    "ru": """
        а в вам вас ваш ваша ваше во вы где для до его если есть ещё ее её и из или их к как какая
        какие какой когда кто ли мне можно мы на не но о об он она они от по под подскажите
        пожалуйста при с скажите так там то у уже что чтобы это я""",
}
# Below this too little is in common to speak of the same question.
ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Known:
    """An answer with every way to ask for it; `key` is the caller's."""

    key: str
    phrasings: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Match:
    """What is known about a question and how sure that is, from ENOUGH to 1."""

    question: str
    known: Known
    score: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask for an answer, and the words of all ways to ask for it."""

    known: Known
    words: frozenset[str]
    vocabulary: frozenset[str]


def match(
    questions: Iterable[str], knowledge: Sequence[Known], language: str
) -> list[Match | None]:
    """The best answer to each question, None where nothing fits well enough.

    The score is the share of the weight of both sides' words that they have in common; a word
    weighs less the more entries have it. What no entry knows weighs as much as the rarest.
    """
    ways = []
    for known in knowledge:
        phrasings = [found for way in known.phrasings if (found := stems(way, language))]
        vocabulary = frozenset[str]().union(*phrasings)
        ways += [Way(known, found, vocabulary) for found in phrasings]
    weights = _weights([way.words for way in ways])
    return [_best(question, ways, weights, language) for question in questions]


def _best(
    question: str,
    ways: Sequence[Way],
    weights: dict[str, float],
    language: str,
) -> Match | None:
    asked = stems(question, language)
    rarest = max(weights.values(), default=1.0)

    def weigh(words: frozenset[str]) -> float:
        return sum(weights.get(word, rarest) for word in words)

    best: Match | None = None
    for way in ways:
        if not asked & way.words:
            continue
        # How much of this way to ask is there, and how much of what is asked the entry speaks of.
        score = 0.7 * weigh(asked & way.words) / weigh(way.words)
        score += 0.3 * weigh(asked & way.vocabulary) / weigh(asked)
        if score >= ENOUGH and (best is None or score > best.score):
            best = Match(question, way.known, round(score, 3))
    return best


def stems(text: str, language: str) -> frozenset[str]:
    """The telling words of a text, cut to their stems."""
    words = re.findall(r"[^\W_]+", text.lower())
    empty = _empty(language)
    telling = [word for word in words if word not in empty] or words
    name = STEMMERS.get(language)
    return frozenset(_stemmer(name).stemWords(telling) if name else telling)


def _weights(ways: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(word for way in ways for word in way)
    return {word: 1 + math.log((1 + len(ways)) / (1 + count)) for word, count in counts.items()}


@cache
def _empty(language: str) -> frozenset[str]:
    return frozenset(EMPTY.get(language, "").split())


@cache
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)
