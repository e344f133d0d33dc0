"""Fills in what a reply says besides its intent: tone, person, day, objection, and the words. Pure."""

import re
from datetime import date

from compliance.optout import Verdict
from outreach.conversations.case import Evidence, Intent, ReplyCase, ReplyReading
from outreach.conversations.later import back_on, deferred_until
from outreach.conversations.listened import Choice, Listened
from outreach.conversations.own_text import OwnText
from outreach.conversations.persons import Person, find_person
from outreach.conversations.plain import Plain, plain
from outreach.conversations.reproach import ENOUGH, reproaches
from outreach.conversations.scoring import Weighed
from outreach.conversations.tables import tongues
from outreach.conversations.third_person import addressee
from outreach.conversations.tone import first, is_shouted, label, threat, tone
from outreach.reading.tongues import detect_language


def fill_in(listened: Listened, choice: Choice) -> ReplyReading:
    """The reading of a reply whose intent is chosen."""
    case, own, words = listened.case, listened.own, listened.words
    weighed, verdict, evidence = listened.weighed, listened.verdict, listened.evidence
    intent = choice.intent
    score, heard = tone(intent, words, own.text, reaction=own.reaction)
    put(evidence, "sentiment", case, words, heard)
    if verdict.verdict is not Verdict.NONE:
        _put_words(evidence, case, own, verdict.words)
    meeting = weighed.meeting if intent in _MEETS else None
    put(evidence, "meeting_requested", case, words, meeting)
    person = _person(case, own, words, weighed, choice)
    if person:
        evidence["referred_to"] = _exact(case.text, person.start, person.end)
    until = _until(case, own, intent, evidence)
    hostile = (first(words, "hostile") or threat(words)) if intent in _ANGERED else None
    put(evidence, "escalate", case, words, hostile)
    objection = _objection(words, intent, case, evidence)
    asked = verdict.verdict is Verdict.CLEAR or intent is Intent.OPT_OUT
    # A stranger who threatens wants no more of us; a customer may want their money.
    threatens = intent is Intent.COMPLAINT and verdict.verdict is Verdict.AMBIGUOUS
    asked = asked or (threatens and not listened.by_customer)
    angry = len(reproaches(words)) >= ENOUGH or (is_shouted(own.text) and score <= -0.5)
    loud = intent is Intent.OPT_OUT and angry
    return ReplyReading(
        intent=intent,
        sentiment=label(score),
        score=score,
        opt_out=asked,
        opt_out_verdict=verdict.verdict,
        meeting_requested=meeting is not None,
        referred_to=person.said if person else None,
        defer_until=until,
        objection=objection,
        escalate=intent in _HOT or choice.warm or hostile is not None or loud,
        language=_language(case, own, weighed),
        confidence=choice.confidence,
        evidence=evidence,
    )


_HOT = frozenset({Intent.INTERESTED, Intent.COMPLAINT})
_MEETS = frozenset({Intent.INTERESTED, Intent.COMPLAINT})
_ANGERED = frozenset(
    {Intent.OPT_OUT, Intent.NOT_INTERESTED, Intent.WRONG_PERSON, Intent.QUESTION, Intent.UNKNOWN}
)
_REFERS = frozenset({Intent.REFERRAL, Intent.OUT_OF_OFFICE, Intent.AUTO_REPLY})
_OBJECTS = frozenset({Intent.NOT_INTERESTED, Intent.DEFERRAL, Intent.QUESTION, Intent.REFERRAL})


def _person(
    case: ReplyCase, own: OwnText, words: Plain, weighed: Weighed, choice: Choice
) -> Person | None:
    if choice.intent not in _REFERS:
        return None
    if choice.intent is Intent.AUTO_REPLY and not weighed.of(Intent.REFERRAL):
        return None  # the addresses in a notice are its own
    span = weighed.spans.get(Intent.REFERRAL)
    anchor = words.span(*span)[0] if span else 0
    text = _unsigned(own.text)
    person = find_person(text, anchor, not_these=addressee(case.context))
    if choice.intent is Intent.REFERRAL or (person and person.reachable):
        # A name alone in an automatic mail is its sender's.
        return person
    return None


def _unsigned(text: str) -> str:
    """Without the signature: what follows a line of two dashes."""
    cut = re.search(r"(?m)^--\s*$", text)
    return text[: cut.start()] if cut else text


def _until(
    case: ReplyCase, own: OwnText, intent: Intent, evidence: dict[str, Evidence]
) -> date | None:
    read = {Intent.DEFERRAL: deferred_until, Intent.OUT_OF_OFFICE: back_on}.get(intent)
    if read is None:
        return None
    today = case.received_at.date()
    found = read(own.text, today=today, day_first=case.language not in {"", "en"})
    if found is None:
        return None
    evidence["defer_until"] = _exact(case.text, found.start, found.end)
    return found.value


def _objection(
    words: Plain, intent: Intent, case: ReplyCase, evidence: dict[str, Evidence]
) -> str | None:
    if intent not in _OBJECTS:
        return None
    for tongue in tongues():
        for name, pattern in tongue.objections:
            match = pattern.search(words.text)
            if match and not (intent is Intent.QUESTION and name in {"need", "timing"}):
                put(evidence, "objection", case, words, match.span())
                return name
    return None


def _language(case: ReplyCase, own: OwnText, weighed: Weighed) -> str:
    """As given; else by the cues met, for the statistics of short texts guess."""
    if case.language:
        return case.language
    guess = detect_language(own.text)
    if len(own.text.split()) > 12 or not weighed.languages:
        return guess
    met = max(weighed.languages, key=lambda code: weighed.languages[code])
    # What passes for an English cue may be "no me"; Spanish is not guessed without its own words.
    return guess if met == "en" and guess in {"es", "ru"} else met


def put(
    evidence: dict[str, Evidence],
    name: str,
    case: ReplyCase,
    words: Plain,
    span: tuple[int, int] | None,
    source: str = "text",
) -> None:
    if not span or span[0] >= span[1]:
        return
    if source == "subject":
        start, end = plain(case.subject).span(*span)
        found = _exact(case.subject, start, end, "subject")
    else:
        start, end = words.span(*span)
        found = _exact(case.text, start, end)
    if found.text:
        evidence[name] = found


def _exact(text: str, start: int, end: int, source: str = "text") -> Evidence:
    """The words as they stand, without blanks around."""
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    said = said.strip()
    return Evidence(said, start, start + len(said), source)


def _put_words(evidence: dict[str, Evidence], case: ReplyCase, own: OwnText, said: str) -> None:
    """The words of an opt-out where they can be found again, else all of the person's words."""
    pieces = [re.escape(word) for word in re.findall(r"\w+", said)]
    for source, text in (("text", own.text), ("text", case.text), ("subject", case.subject)):
        match = re.search(r"\W{1,4}".join(pieces), text, re.IGNORECASE) if pieces else None
        if match:
            original = case.subject if source == "subject" else case.text
            evidence["opt_out"] = _exact(original, match.start(), match.end(), source)
            return
    source = "text" if case.text.strip() else "subject"
    whole = own.text if own.text.strip() else getattr(case, source)
    start = len(whole) - len(whole.lstrip())
    evidence["opt_out"] = _exact(
        getattr(case, source), start, min(len(whole.rstrip()), start + 300), source
    )
