"""Judges whether a text asks us to stop: sentence by sentence, the gravest finding counts. Pure."""

import re
from dataclasses import dataclass

from compliance.optout.doubt import find_doubt
from compliance.optout.english import ENGLISH
from compliance.optout.french import FRENCH
from compliance.optout.german import GERMAN
from compliance.optout.normal import fold, other_scripts, sentences, spellings, without_commas
from compliance.optout.other_tongues import DOUBTFUL_SIGNS, OTHER_WORDS, STOP_SIGNS
from compliance.optout.own_words import own_words
from compliance.optout.russian import RUSSIAN
from compliance.optout.signature import without_frame
from compliance.optout.spanish import SPANISH
from compliance.optout.tongue import Tongue
from compliance.optout.typos import GUESSED, is_mistyped
from compliance.optout.verdict import NOTHING, OptOutReading, Verdict, ambiguous, clear

TONGUES = (ENGLISH, SPANISH, RUSSIAN, GERMAN, FRENCH)
PER_SE = frozenset().union(*(tongue.per_se for tongue in TONGUES), OTHER_WORDS)
WHOLE = frozenset().union(*(tongue.whole for tongue in TONGUES))
REFUSALS = frozenset().union(*(tongue.refusals for tongue in TONGUES))
POLITE = frozenset().union(*(tongue.polite for tongue in TONGUES))

MOST_TEXT = 20_000
MOST_WORDS_ALONE = 8
JOINED = 16
SHORT = 12
MOST_DOUBTED = 40  # a long mail has a sentence that says it, or speaks of something else
QUOTING = 30
CITED = re.compile(r"[\"“«„][^\"“”«»\n]{1,60}[\"”»“]")  # words they cite, in a long text
BRIEF = 6
BRIEF_SENTENCE = 8
# Words that alone are a request even beside others; "end" and "cancel" may speak of a sale.
ORDERS = frozenset({"remove", "delete", "erase", "delist", "quit", "opt", "borrar", "удалить"})
STOP_WORD = re.compile(
    r"st+[ao]+h*p+|quit|cease|desist|unsub\w*|стоп|хватит|отста(?:нь|ньте)|прекрати(?:те)?|"
    r"переста(?:нь|ньте)|basta|paren(?:le)?|parale|chega|aufhoren|arretez"
)
# Questions that are asked without their mark, too.
ASKING = re.compile(
    r"(?:how|where|como|donde|как|где|wie|wo|comment)\b(?! (?:many|much|dare))|"
    r"(?:do|does|did|should|would|will|must|am|is|are|was) (?:i|we|it|that|this|there|the)\b"
)
ANSWERED = re.compile(r"\s*(?:re|aw|sv|rv|fwd?|tr|wg|ha|отв|ответ)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    words: str
    asked: bool
    following: str
    edge: bool  # first or last, or all of a short text


def read(text: str, subject: str = "") -> OptOutReading:
    """See `compliance.optout.detect`."""
    own, quoted = own_words(text[:MOST_TEXT])
    reading = _read(own)
    if reading.verdict is Verdict.NONE and subject and not ANSWERED.match(subject):
        reading = _read(subject[:500])
    if reading.verdict is Verdict.NONE and not own and quoted:
        # Written between the lines of a quote, or forwarded without a word: a person looks.
        found = _read(re.sub(r"(?m)^[\s>|]+", "", quoted))
        reading = ambiguous(found.words) if found.verdict is not Verdict.NONE else found
    return reading


def _read(text: str) -> OptOutReading:
    if not text.strip():
        return NOTHING
    alone = _read_alone(text)
    if alone.verdict is Verdict.CLEAR:
        return alone
    folded = fold(text)
    if len(folded.split()) > QUOTING:
        folded = CITED.sub(" # ", folded)
    found = _read_sentences(folded)
    if found.verdict is Verdict.NONE and alone.verdict is Verdict.NONE and len(text) < 80:
        for meant in other_scripts(text):
            other = _read_sentences(meant)
            if other.verdict is Verdict.CLEAR:
                return other
    return max(found, alone, key=_gravity)


def _gravity(reading: OptOutReading) -> int:
    return (Verdict.NONE, Verdict.AMBIGUOUS, Verdict.CLEAR).index(reading.verdict)


def _read_alone(text: str) -> OptOutReading:
    """A text that is nothing but a stop word or a refusal, with or without greeting and name."""
    signs = "".join(character for character in text if character > "\u2100").replace("\ufe0f", "")
    if signs and not re.search(r"\w", text):
        if signs in STOP_SIGNS:
            return clear("stop sign")
        return ambiguous("sign of refusal") if DOUBTFUL_SIGNS & set(signs) else NOTHING
    for candidate in dict.fromkeys((text, without_frame(text))):
        if len(candidate) > 120 or len(candidate.split()) > MOST_WORDS_ALONE + 12:
            continue
        asked = candidate.rstrip(" \"')»”\n").endswith("?")
        reading = _judge_alone(candidate, asked=asked)
        if reading.verdict is not Verdict.NONE:
            return reading
    return NOTHING


def _judge_alone(candidate: str, *, asked: bool) -> OptOutReading:
    refused = NOTHING
    for spelling in spellings(candidate):
        if len(spelling.split()) > MOST_WORDS_ALONE:
            continue
        core = _without_polite(spelling)
        if len(spelling) <= JOINED and spelling.replace(" ", "") in PER_SE:
            core = spelling.replace(" ", "")  # "st op"
        if spelling in REFUSALS:
            refused = ambiguous(spelling)
        elif {spelling, core} & (PER_SE | WHOLE) or (
            core and " " not in core and is_mistyped(core)
        ):
            return ambiguous(spelling) if asked else clear(spelling)
        elif core in REFUSALS:
            refused = ambiguous(spelling)
    return refused


def _without_polite(words: str) -> str:
    kept: list[str] = []
    for word in words.split():
        if word not in POLITE and kept[-1:] != [word]:
            kept.append(word)
    # "No stop" is "no: stop"; "no pares" is its opposite, which no table of stop words holds.
    if len(kept) > 1 and kept[0] in {"no", "нет", "nein", "non"} and kept[1] in {"stop", "стоп"}:
        kept = kept[1:]
    return " ".join(kept)


def _read_sentences(folded: str) -> OptOutReading:
    parts = list(sentences(folded))
    total = sum(len(words.split()) for words, _asked in parts)
    best = NOTHING
    for index, (words, asked) in enumerate(parts):
        following = parts[index + 1][0] if index + 1 < len(parts) else ""
        edge = index in {0, len(parts) - 1} or total <= SHORT
        reading = _judge(Sentence(words, asked, following, edge), total=total)
        if reading.verdict is Verdict.CLEAR:
            return reading
        best = max(best, reading, key=_gravity)
    return best


def _judge(sentence: Sentence, *, total: int) -> OptOutReading:
    core = _without_polite(without_commas(sentence.words))
    if core in PER_SE:
        surely = (sentence.edge or " " in core) and not sentence.asked
        return clear(core) if surely else ambiguous(core)
    if core in ORDERS and sentence.edge and total <= BRIEF and not sentence.asked:
        return clear(core)  # "Not selling. Remove."
    if total <= SHORT and not sentence.asked and _ends_in_stop_words(sentence.words):
        return clear(sentence.words)
    rest = sentence.words
    for tongue in TONGUES:
        rest = tongue.safe.sub(" # ", rest)
    best = NOTHING
    for tongue in TONGUES:
        for match in tongue.clear.finditer(rest):
            reading = _weigh(match, rest, sentence, tongue)
            if reading.verdict is Verdict.CLEAR:
                return reading
            best = max(best, reading, key=_gravity)
    if best.verdict is not Verdict.NONE:
        return best
    for tongue in TONGUES:
        hint = tongue.hints.search(rest)
        if hint and not _is_limited(tongue, hint, rest, sentence):
            return ambiguous(hint.group(0))
        trigger = tongue.triggers.search(rest) if total <= SHORT else None
        if trigger and not _is_limited(tongue, trigger, rest, sentence):
            return ambiguous(trigger.group(0))
        brief = tongue.brief.search(rest) if total <= BRIEF else None
        if brief:
            return ambiguous(brief.group(0))
    return _doubted(rest, sentence) if total <= MOST_DOUBTED else NOTHING


def _doubted(rest: str, sentence: Sentence) -> OptOutReading:
    """What has the sense of it though no table is sure; who asks about it does not ask for it."""
    if sentence.asked or ASKING.match(rest):
        return NOTHING
    said = find_doubt(rest) or _stop_word_in(rest)
    if not said:
        return NOTHING
    tail = rest.partition(said)[2].lstrip()
    limited = any(
        tongue.later.match(tail) and tongue.instead.search(f"{tail} , {sentence.following}")
        for tongue in TONGUES
    )
    return NOTHING if limited else ambiguous(said)


def _stop_word_in(words: str) -> str:
    """A word that asks to stop wherever it stands alone, mistyped or not, in a short sentence."""
    said = words.split()
    if len(said) > BRIEF_SENTENCE:
        return ""
    return next((word for word in said if means_stop(word)), "")


def means_stop(word: str) -> bool:
    """Whether a plain word can hardly mean anything but an end, spelt as it may be."""
    return bool(STOP_WORD.fullmatch(word)) or (word not in GUESSED and is_mistyped(word))


def _ends_in_stop_words(words: str) -> bool:
    """ "Wrong number, unsubscribe", or "Stop, not interested": a refusal and a stop word."""
    clauses = [_without_polite(clause) for clause in words.split(",")]
    clauses = [clause for clause in clauses if clause]
    doubtful = any(t.instead.search(words) or t.unless.search(words) for t in TONGUES)
    if len(clauses) < 2 or doubtful:
        return False
    return clauses[-1] in PER_SE or (
        clauses[0] in PER_SE and all(clause in REFUSALS | PER_SE for clause in clauses[1:])
    )


def _weigh(match: re.Match[str], rest: str, sentence: Sentence, tongue: Tongue) -> OptOutReading:
    """A request, unless it is asked about, conditional, limited in time, or points elsewhere."""
    if _is_limited(tongue, match, rest, sentence):
        return NOTHING
    around = f"{rest[: match.start()]} # {rest[match.end() :]} , {sentence.following}"
    doubtful = (
        (ASKING.match(rest) or (sentence.asked and tongue.asks.match(rest)))
        or tongue.unless.search(around)
        or tongue.later.match(rest[match.end() :].lstrip())
        or tongue.instead.search(around)
    )
    return ambiguous(match.group(0)) if doubtful else clear(match.group(0))


def _is_limited(tongue: Tongue, match: re.Match[str], rest: str, sentence: Sentence) -> bool:
    """ "Don't call tomorrow, call Friday": a wish about the time, from somebody who wants contact."""
    tail = rest[match.end() :].lstrip()
    return bool(
        tongue.later.match(tail) and tongue.instead.search(f"{tail} , {sentence.following}")
    )
