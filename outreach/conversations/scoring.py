"""Weighs what a person's words say: every cue of every language, with negation. Pure."""

import re
from dataclasses import dataclass, field, replace

from outreach.conversations.case import Intent
from outreach.conversations.hints import lexicon
from outreach.conversations.plain import Plain, Sentence
from outreach.conversations.spoken import spoken
from outreach.conversations.tables import Cue, Tongue, tongues

PRICE = re.compile(
    r"(?:[$€£₽]|usd|eur)\s?\d[\d.,]*\s?(?:k|mil|тыс)?|"
    r"\d[\d.,\s]{0,12}\s?(?:usd|eur|dollars|dolares|pesos|euros?|евро|долл\w*|руб\w*|тыс\w*|[$€£₽])|"
    r"\b\d{1,3}(?:\.\d{1,2})?k\b|"
    r"\b\d{1,3}[ ,.]?\d{3}\b(?= ?(?:\+|(?:plus|flat|all|net|total|incl|one way|round|rt|ow)\b))"
)
VENDOR = re.compile(
    r"\b(?:charter|quote|rfq|trip request|operator|vendor|supplier|price request|cotizaci\w+|"
    r"котировк\w+|запрос цен\w*)\b"
)
CUSTOMER = re.compile(
    r"\b(?:closing|(?:a|an|our|existing|current) (?:customer|client)|who (?:is|are) selling|renewal|"
    r"(?:his|her|their|your) (?:order|booking|delivery|deposit|refund)|client[ea]s?, sobre|clientes? actual\w*|"
    r"cierre a|(?:su|del) pedido|que nos vende|клиент(?:у|ке|а)|(?:ваш\w+ )?заказ\w*|о переносе)\b"
)
# Words to a machine that may be reading say nothing of what the person wants.
TO_A_MACHINE = re.compile(
    r"\b(?:(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules)|system prompt|"
    r"you are (?:now )?(?:an? )?(?:ai|assistant|language model|llm|chatbot)|as an ai\b|"
    r"(?:classify|label|mark|categori[sz]e|tag|score|rate|treat|output|return|respond with)\b.{0,40}"
    r"\b(?:lead|reply|message|email|intent|sentiment|json|as (?:interested|positive|hot|opt))|"
    r"(?:ignora|olvida|clasifica|etiqueta|marca)\w*\b.{0,40}\b(?:instruccion\w*|mensaje|respuesta|como interesad)|"
    r"(?:игнорируй|забудь|классифицируй|пометь|отметь)\w*\b.{0,40}\b(?:инструкци\w*|сообщени\w*|ответ|как))"
)
MORE = 0.3
DECIDES = 3.0
MOST_HINTS = 3.0
BESIDE = 0.4  # what hints add where a phrase has decided already
_TAKEN_BACK = frozenset({Intent.INTERESTED, Intent.NOT_INTERESTED})
Span = tuple[int, int]


@dataclass(slots=True)
class Weighed:
    """`scores` and the strongest words of each intent, in offsets of the plain text."""

    scores: dict[Intent, float] = field(default_factory=dict)
    spans: dict[Intent, Span] = field(default_factory=dict)
    asked: bool = False
    meeting: Span | None = None
    priced: Span | None = None
    languages: dict[str, float] = field(default_factory=dict)
    hints: dict[Intent, float] = field(default_factory=dict)
    strong: dict[Intent, float] = field(default_factory=dict)
    stated: float = 0.0  # the most that was said for interest outside of questions
    since: int = 0  # where they last changed their mind: what they wanted before is taken back

    def of(self, intent: Intent) -> float:
        return self.scores.get(intent, 0.0)

    def strongly(self, intent: Intent) -> float:
        """What whole phrases say for an intent, hints left aside."""
        return self.strong.get(intent, 0.0)

    def takes_back(self, intent: Intent, start: int) -> bool:
        """Whether a wish told at `start` was taken back by what follows."""
        return start < self.since and intent in _TAKEN_BACK

    def add(self, intent: Intent, weight: float, span: Span) -> None:
        """The strongest cue counts whole, each further one a little."""
        if self.takes_back(intent, span[0]):
            return
        known = self.of(intent)
        if weight > known or intent not in self.spans:
            self.spans[intent] = span
        self.scores[intent] = max(known, weight) + (MORE * min(known, weight) if known else 0)

    def settle(self) -> None:
        """Let the hints count: whole where nothing else speaks for an intent, else in part."""
        self.strong = dict(self.scores)
        for intent, total in self.hints.items():
            known = self.of(intent)
            share = min(total, MOST_HINTS) * (BESIDE if known else 1.0)
            self.scores[intent] = max(known, min(total, MOST_HINTS), known + share)


def weigh(words: Plain, *, context: str) -> Weighed:
    """Score every intent over the sentences of a reply.

    Of a yes and a no the last word counts: one before a change of mind, where another follows it.
    """
    since = turn(words)
    result = _weighed(words, context, since)
    if since and not any(result.of(intent) for intent in _TAKEN_BACK):
        return _weighed(words, context, 0)
    return result


def for_people(words: Plain) -> str:
    """The words less the sentences to a machine, which stand blank so that offsets hold."""
    said = words.text
    if TO_A_MACHINE.search(said):
        for sentence in words.sentences():
            if TO_A_MACHINE.search(sentence.words):
                blank = " " * (sentence.end - sentence.start)
                said = said[: sentence.start] + blank + said[sentence.end :]
    return said


def turn(words: Plain) -> int:
    """Where the last words that tell of a change of mind end, zero without any."""
    found = (tongue.lists["turned"].finditer(words.text) for tongue in tongues())
    return max((match.end() for matches in found for match in matches), default=0)


def _weighed(words: Plain, context: str, since: int) -> Weighed:
    result = Weighed(since=since)
    offers = bool(VENDOR.search(context.lower()))
    codes = spoken(words.text)
    heard_in = tuple(tongue for tongue in tongues() if tongue.code in codes)
    for sentence in words.sentences():
        if TO_A_MACHINE.search(sentence.words):
            continue
        _weigh_sentence(sentence, result, heard_in, offers=offers)
        price = PRICE.search(sentence.words)
        if price and (not sentence.asked or (offers and not begins_to_ask(sentence))):
            result.priced = result.priced or _at(sentence, price.span())
    result.settle()
    if result.priced:
        result.add(Intent.INTERESTED, 4.0 if offers else 1.5, result.priced)
    return result


def begins_to_ask(sentence: Sentence) -> bool:
    """Whether it asks from its first word on; "9,800 all in, hold it?" offers first."""
    return any(tongue.lists["asks"].match(sentence.words.lstrip()) for tongue in tongues())


def _weigh_sentence(
    sentence: Sentence, result: Weighed, heard_in: tuple[Tongue, ...], *, offers: bool
) -> None:
    for kept in (match for tongue in heard_in if (match := tongue.find("keeps", sentence.words))):
        # "Don't cancel the visit" says no to a no.
        result.add(Intent.INTERESTED, DECIDES, _at(sentence, kept.span()))
        result.stated = DECIDES
        blank = " " * (kept.end() - kept.start())
        words = sentence.words[: kept.start()] + blank + sentence.words[kept.end() :]
        sentence = replace(sentence, words=words)
    asked = sentence.asked
    for tongue in heard_in:
        begins = tongue.lists["asks"].match(sentence.words.lstrip())
        asked = asked or bool(begins and len(sentence.words.split()) > 1)
        for cue in tongue.cues:
            _apply(cue, tongue, sentence, result, asked=asked)
        _hear(tongue, sentence, result, offers=offers, asked=asked)
        meets = tongue.find("meets", sentence.words)
        if meets and not _denied(tongue, sentence.words, meets.start()):
            result.meeting = result.meeting or _at(sentence, meets.span())
    if asked:
        result.asked = True
        weight = 2.0 if sentence.asked else 1.5
        result.add(Intent.QUESTION, weight, (sentence.start, sentence.end))


def _hear(
    tongue: Tongue, sentence: Sentence, result: Weighed, *, offers: bool, asked: bool
) -> None:
    """Each further family of one intent in one sentence counts half of the one before.

    Whom we asked for an offer (`offers`) shows interest by offering, not by asking.
    """
    by_intent: dict[Intent, list[tuple[float, Span]]] = {}
    for heard in lexicon(tongue.code).find(sentence.words):
        intent, weight = heard.hint.intent, heard.hint.weight
        if result.takes_back(intent, sentence.start + heard.start):
            continue
        if intent in _TURNED and _denied(tongue, sentence.words, heard.start):
            if intent is not Intent.INTERESTED:
                continue
            intent, weight = Intent.NOT_INTERESTED, min(weight, 1.5)
        if intent is Intent.QUESTION and not sentence.asked:
            weight = min(weight, 1.0)
        if intent is Intent.INTERESTED and not asked:
            result.stated = max(result.stated, weight)
        doubted = offers or _WHO_SAYS.match(sentence.words)
        if sentence.asked and (intent in _ASKED_ABOUT or (doubted and intent is Intent.INTERESTED)):
            weight *= 0.5
        by_intent.setdefault(intent, []).append((weight, (heard.start, heard.end)))
    for intent, met in by_intent.items():
        met.sort(key=lambda item: -item[0])
        result.spans.setdefault(intent, _at(sentence, met[0][1]))
        total = sum(weight / 2**count for count, (weight, _) in enumerate(met))
        result.hints[intent] = result.hints.get(intent, 0.0) + total
        code = tongue.code
        result.languages[code] = result.languages.get(code, 0.0) + met[0][0] / 2


# "Who told you I'm selling?" says nothing of selling.
_WHO_SAYS = re.compile(
    r"\W*(?:and |but |y |pero |а |и |но )?(?:who|why|quien|por que|кто|почему|с чего)\b"
)
# What stands in a question is asked about rather than said.
_ASKED_ABOUT = frozenset(
    {Intent.NOT_INTERESTED, Intent.REFERRAL, Intent.WRONG_PERSON, Intent.DEFERRAL}
)
_TURNED = frozenset({Intent.INTERESTED, Intent.COMPLAINT})


def _apply(cue: Cue, tongue: Tongue, sentence: Sentence, result: Weighed, *, asked: bool) -> None:
    for count, match in enumerate(cue.pattern.finditer(sentence.words)):
        if count > 5:
            return
        if not match.group().strip():
            continue
        intent, weight = cue.intent, cue.weight
        result.languages[tongue.code] = result.languages.get(tongue.code, 0) + weight
        if intent is Intent.INTERESTED and _denied(tongue, sentence.words, match.start()):
            intent = Intent.NOT_INTERESTED
        elif intent is Intent.COMPLAINT and _denied(tongue, sentence.words, match.start()):
            continue
        doubted = intent is Intent.INTERESTED and _WHO_SAYS.match(sentence.words)
        if sentence.asked and (intent in _ASKED_ABOUT or doubted):
            weight *= 0.6
        elif sentence.asked and intent is Intent.COMPLAINT and weight <= 2:
            weight *= 0.5  # "who handles complaints?"
        if result.takes_back(intent, sentence.start + match.start()):
            continue
        if intent is Intent.INTERESTED and (not asked or weight >= DECIDES):
            result.stated = max(result.stated, weight)
        result.add(intent, weight, _at(sentence, match.span()))


def _denied(tongue: Tongue, words: str, at: int) -> bool:
    """Whether a word of denial stands among the last words of the clause before `at`."""
    clause = re.split(r"[,;:—]|\b(?:but|pero|но|and|y|и)\b", words[:at])[-1]
    near = " ".join(clause.split()[-3:])
    return bool(tongue.lists["denied"].search(near))


def _at(sentence: Sentence, span: Span) -> Span:
    return sentence.start + span[0], sentence.start + span[1]
