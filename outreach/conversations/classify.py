"""Reads one reply: which machine or what wish, in which tone, with the words for each. Pure.

Bounces and automatic replies first, then the wish to be left alone, then the rules. Only the
person's own new words are read; our footer and quoted mail never are.
"""

import re
from dataclasses import replace
from datetime import date

from compliance.optout import OptOutReading, Verdict, detect
from outreach.conversations.case import Evidence, Intent, ReplyCase, ReplyReading
from outreach.conversations.decide import Choice, decide
from outreach.conversations.later import back_on, deferred_until
from outreach.conversations.machines import LISTS, Machine, read_machine
from outreach.conversations.own_text import OwnText, own_text
from outreach.conversations.persons import Person, find_person
from outreach.conversations.plain import Plain, plain
from outreach.conversations.scoring import Weighed, weigh
from outreach.conversations.tables import heard, tongues
from outreach.conversations.third_person import addressee
from outreach.conversations.tone import first, is_shouted, label, tone
from outreach.reading.tongues import detect_language

MOST_DETECT = 20_000


def classify(case: ReplyCase) -> ReplyReading:
    """Read a reply; never raises on any text, never follows what the text says to do."""
    own = own_text(case.text)
    words = plain(own.text)
    evidence: dict[str, Evidence] = {}
    machine = read_machine(case.subject, words, case.headers, case.channel)
    verdict = _opt_out(case, own, machine)
    if machine and not machine.certain and verdict.verdict is Verdict.CLEAR:
        machine = None  # no form of receipt outweighs a clear wish to be left alone
    if machine and machine.intent is Intent.AUTO_REPLY and _is_back(case, own, words):
        machine = replace(machine, intent=Intent.OUT_OF_OFFICE)
    weighed = weigh(words, context=case.context)
    if verdict.verdict is Verdict.NONE and not machine:
        verdict = _threatened(words)
    if machine:
        choice = Choice(machine.intent, 0.95 if machine.certain else 0.8)
        _put(evidence, "intent", case, words, (machine.start, machine.end), machine.source)
    else:
        choice = decide(weighed, verdict, words, own, case)
        span = choice.span or weighed.spans.get(choice.intent)
        _put(evidence, "intent", case, words, span)
    return _reading(case, own, words, weighed, verdict, choice, evidence)


def _opt_out(case: ReplyCase, own: OwnText, machine: Machine | None) -> OptOutReading:
    """A machine's form says nothing about a wish; a mail without own words may forward one."""
    if machine and machine.certain:
        return OptOutReading(Verdict.NONE)
    subject = case.subject if not machine else ""
    if own.reaction:
        return OptOutReading(Verdict.NONE)
    if own.is_empty:
        found = detect(_short(case.text[:MOST_DETECT]), subject=subject)
        doubtful = found.verdict is Verdict.CLEAR and case.text.strip() != ""
        return OptOutReading(Verdict.AMBIGUOUS, found.words) if doubtful else found
    return detect(_short(own.text), subject=subject)


def _is_back(case: ReplyCase, own: OwnText, words: Plain) -> bool:
    """Whether an automatic reply that is no receipt names a day of return."""
    if LISTS["receipt"].search(words.text) or not heard("returning", words.text):
        return False
    day_first = case.language not in {"", "en"}
    return back_on(own.text, today=case.received_at.date(), day_first=day_first) is not None


def _threatened(words: Plain) -> OptOutReading:
    """Who speaks of lawyers may want an end of it without saying so: a person looks first."""
    legal = first(words, "legal")
    said = words.text[slice(*legal)] if legal else ""
    return OptOutReading(Verdict.AMBIGUOUS, said) if said else OptOutReading(Verdict.NONE)


def _short(text: str) -> str:
    """Without long blanks, which cost the reader of opt-outs much time."""
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", re.sub(r"[^\S\n]+", " ", text))[:MOST_DETECT]


def _reading(
    case: ReplyCase,
    own: OwnText,
    words: Plain,
    weighed: Weighed,
    verdict: OptOutReading,
    choice: Choice,
    evidence: dict[str, Evidence],
) -> ReplyReading:
    intent = choice.intent
    score, heard = tone(intent, words, own.text, reaction=own.reaction)
    _put(evidence, "sentiment", case, words, heard)
    if verdict.verdict is not Verdict.NONE:
        _put_words(evidence, case, own, verdict.words)
    meeting = weighed.meeting if intent in _MEETS else None
    _put(evidence, "meeting_requested", case, words, meeting)
    person = _person(case, own, words, weighed, choice)
    if person:
        evidence["referred_to"] = _exact(case.text, person.start, person.end)
    until = _until(case, own, intent, evidence)
    hostile = first(words, "hostile") if intent in _ANGERED else None
    _put(evidence, "escalate", case, words, hostile)
    objection = _objection(words, intent, case, evidence)
    asked = verdict.verdict is Verdict.CLEAR or intent is Intent.OPT_OUT
    loud = intent is Intent.OPT_OUT and is_shouted(own.text) and score <= -0.5
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
        escalate=intent in _HOT or hostile is not None or loud,
        language=_language(case, own, weighed),
        confidence=choice.confidence,
        evidence=evidence,
    )


_HOT = frozenset({Intent.INTERESTED, Intent.COMPLAINT})
_MEETS = frozenset({Intent.INTERESTED, Intent.COMPLAINT, Intent.QUESTION})
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
                _put(evidence, "objection", case, words, match.span())
                return name
    return None


def _language(case: ReplyCase, own: OwnText, weighed: Weighed) -> str:
    """As given; else by the cues met, for the statistics of short texts guess."""
    if case.language:
        return case.language
    if len(own.text.split()) <= 12 and weighed.languages:
        return max(weighed.languages, key=lambda code: weighed.languages[code])
    return detect_language(own.text)


def _put(
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
