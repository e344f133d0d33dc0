"""Reads one reply: which machine or what wish, in which tone, with the words for each. Pure.

Bounces and automatic replies first, then the wish to be left alone, then the rules. Only the
person's own new words are read; our footer and quoted mail never are.
"""

import re
from dataclasses import replace

from compliance.optout import OptOutReading, Verdict, detect
from outreach.conversations.case import Evidence, Intent, ReplyCase, ReplyReading
from outreach.conversations.choosing import choose
from outreach.conversations.fields import fill_in, put
from outreach.conversations.later import back_on
from outreach.conversations.likeness import Likelihoods, features_of, likeness
from outreach.conversations.listened import Choice, Listened
from outreach.conversations.machines import LISTS, Machine, read_machine
from outreach.conversations.own_text import FOOTER, OwnText, own_text, quoted_text
from outreach.conversations.plain import Plain, plain
from outreach.conversations.scoring import DECIDES, Weighed, for_people, weigh
from outreach.conversations.stop_likeness import stop_features_of, stop_likeness
from outreach.conversations.tables import heard
from outreach.conversations.tone import threat

MOST_DETECT = 20_000
MOST_EVIDENCE = 300
DOUBT = 0.15  # so like a wish to stop that a person looks, though no phrase says so
REFUSED = 0.3  # and this like one where they plainly decline, which ends it anyway
LIKELY = 0.5  # and this like one where they want something of us
# A full stop after every word ("TAKE. ME. OFF."); two sentences have one too, and mean two things.
_SHOUTED = re.compile(r"\W*(?:\w{1,15}\.\s+){2,12}\w{1,15}\W*")


def classify(case: ReplyCase) -> ReplyReading:
    """Read a reply; never raises on any text, never follows what the text says to do."""
    listened, machine = _listen(case)
    if machine:
        choice = Choice(machine.intent, 0.95 if machine.certain else 0.8)
        span = machine.start, machine.end
        put(listened.evidence, "intent", case, listened.words, span, machine.source)
    else:
        choice = choose(listened)
        heard_at = listened.weighed.spans.get(choice.intent)
        if heard_at is None and choice.intent is not Intent.UNKNOWN:
            heard_at = 0, min(len(listened.words.text), MOST_EVIDENCE)  # all of it sounds so
        put(listened.evidence, "intent", case, listened.words, heard_at)
    return fill_in(listened, choice)


def _like(words: Plain, said: str, case: ReplyCase, since: int) -> Likelihoods:
    """What the labelled replies it resembles wanted; nothing where it resembles none.

    A wish to stop is told by a table of its own, which knows pieces of words too; any other by
    the words `since` a change of mind.
    """
    kept = heard("keeps", words.text)
    if kept:  # "don't take me off" has the words of the wish it denies
        said = f"{words.text[: kept.start()]} {words.text[kept.end() :]}"
    stops = {Intent.OPT_OUT: stop_likeness().of(stop_features_of(said))}
    table = likeness()
    last = for_people(words)[since:]
    if not table.knows(last):
        return stops if stops[Intent.OPT_OUT] >= DOUBT else {}
    return table.of(features_of(last, context=case.context, channel=case.channel)) | stops


def read_as(
    case: ReplyCase, intent: Intent, confidence: float, span: tuple[int, int]
) -> ReplyReading:
    """The reading with an intent that was found otherwise, in the words [start, end) of the text."""
    listened, _ = _listen(case)
    start, end = span
    listened.evidence["intent"] = Evidence(case.text[start:end], start, end)
    return fill_in(listened, Choice(intent, confidence))


def _listen(case: ReplyCase) -> tuple[Listened, Machine | None]:
    own = own_text(case.text)
    words = plain(own.text)
    machine = read_machine(case.subject, words, case.headers, case.channel)
    verdict = _opt_out(case, own, machine)
    if machine and not machine.certain and verdict.verdict is Verdict.CLEAR:
        machine = None  # no form of receipt outweighs a clear wish to be left alone
    if machine and machine.intent is Intent.AUTO_REPLY and _is_back(case, own, words):
        machine = replace(machine, intent=Intent.OUT_OF_OFFICE)
    if machine and verdict.verdict is Verdict.AMBIGUOUS and _is_harmless(own):
        verdict = OptOutReading(Verdict.NONE)  # "calls only", "when I stop": its own ways
    weighed = weigh(words, context=case.context)
    like = {} if machine else _like(words, own.text, case, weighed.since)
    if verdict.verdict is Verdict.NONE and not machine:
        verdict = _doubted(words, like, weighed)
    return Listened(case, own, words, weighed, verdict, like), machine


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
    found = detect(_short(own.text), subject=subject)
    if found.verdict is Verdict.NONE and heard("forwards", plain(own.text).text):
        passed_on = detect(_short(FOOTER.sub("", quoted_text(case.whole or case.text, own))))
        if passed_on.verdict is not Verdict.NONE:
            return OptOutReading(Verdict.AMBIGUOUS, passed_on.words)
    if found.verdict is Verdict.NONE and _SHOUTED.fullmatch(own.text.strip()[:100]):
        return detect(own.text.replace(".", " "))
    return found


def _is_harmless(own: OwnText) -> bool:
    """Whether words of a receipt that may mean a stop are unlike anybody's wish to stop."""
    return not own.is_empty and stop_likeness().of(stop_features_of(own.text)) < LIKELY


def _is_back(case: ReplyCase, own: OwnText, words: Plain) -> bool:
    """Whether an automatic reply that is no receipt names a day of return."""
    if LISTS["receipt"].search(words.text) or not heard("returning", words.text):
        return False
    day_first = case.language not in {"", "en"}
    return back_on(own.text, today=case.received_at.date(), day_first=day_first) is not None


def _doubted(words: Plain, like: Likelihoods, weighed: Weighed) -> OptOutReading:
    """Who speaks of lawyers, or as those do who want an end of it: a person looks first."""
    legal = threat(words)
    said = words.text[slice(*legal)] if legal else ""
    if not said and like.get(Intent.OPT_OUT, 0.0) >= _doubt_from(words, weighed):
        said = words.text.strip()
    return OptOutReading(Verdict.AMBIGUOUS, said) if said else OptOutReading(Verdict.NONE)


def _doubt_from(words: Plain, weighed: Weighed) -> float:
    """How like a wish to stop it must be to be held: who is told for sure to want else, more."""
    wanted = max(weighed.of(Intent.INTERESTED), weighed.of(Intent.DEFERRAL))
    if wanted >= DECIDES or weighed.priced or heard("keeps", words.text):
        return LIKELY
    refused = max(weighed.strongly(Intent.NOT_INTERESTED), weighed.of(Intent.WRONG_PERSON))
    return REFUSED if refused >= 2 else DOUBT


def _short(text: str) -> str:
    """Without long blanks, which cost the reader of opt-outs much time."""
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", re.sub(r"[^\S\n]+", " ", text))[:MOST_DETECT]
