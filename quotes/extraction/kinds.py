"""What kind of answer a reply is: offer, question, refusal, receipt, machine or noise."""

import re
from collections.abc import Sequence

from quotes.extraction import cues
from quotes.extraction.candidates import Candidate
from quotes.extraction.price import Price
from quotes.extraction.reader import Reader

NO_REPLY = re.compile(
    r"\b(?:no-?reply|do-?not-?reply|notifications?|mailer|newsletter|billing|accounts?|marketing|promo)@",
    re.I,
)
AUTO_SUBJECT = re.compile(
    r"\b(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|automatische antwort|abwesenheit\w*|respuesta automática|réponse automatique|absence|автоответ|risposta automatica|automatisch antwoord|fuera de la oficina)\b",
    re.I,
)


def read_kind(
    reader: Reader,
    subject: str,
    sender: str,
    price: Price | None,
    candidates: Sequence[Candidate] = (),
) -> str:
    """One of quote, question, decline, acknowledgement, out_of_office, unrelated."""
    words = reader.lower
    if AUTO_SUBJECT.search(subject):
        return "out_of_office"
    received = cues.RECEIVED.search(words)
    noise = (
        0
        if received
        else len({m.group() for m in cues.UNRELATED.finditer(f"{subject.lower()}\n{words}")})
    )
    if noise >= 2 or (noise and NO_REPLY.search(sender)):
        return "unrelated"
    if cues.AWAY.search(words) and (price is None or not price.certain):
        return "out_of_office"
    if _declines(words, price, candidates):
        return "decline"
    asks = _asks(reader)
    if asks and cues.BEFORE_PRICE.search(words) and (price is None or price.candidate.score < 7.0):
        return "question"
    later = cues.LATER.search(words)
    if later and price is not None and price.candidate.score < 5.0:
        return "question" if asks else "acknowledgement"
    if price is not None and not (asks and price.candidate.score < 4.0):
        return "quote"
    if asks:
        return "question"
    return "decline" if cues.REGRET.search(words) and price is None else "acknowledgement"


def _declines(words: str, price: Price | None, candidates: Sequence[Candidate]) -> bool:
    refusals = cues.UNAVAILABLE.finditer(words)
    match = next((one for one in refusals if not ASKED.match(words, one.end())), None)
    if not match:
        return False
    if cues.STILL_OFFERING.search(words, match.start()) and price is not None:
        return False
    if price is None:
        return True
    if any(c.role == "price" and c.amount.start < match.start() for c in candidates):
        return False  # "$95 a table, $760 in all; I don't do set-up"
    start = price.candidate.amount.start
    regret = cues.REGRET.search(words, 0, start)
    if regret and start > match.start() and HYPOTHETICAL.search(price.candidate.left):
        return True  # "Sadly it is gone. A week later we could make you …"
    if cues.DEPOSIT.search(words, start) and cues.ANSWER_BY.search(words, start):
        return False  # nobody asks a deposit for what they cannot do
    # A refusal in a mail with a real offer is about something else (a date, an extra).
    firm = 6.0 if cues.REGRET.search(words, 0, start) else 5.5
    return price.candidate.score < firm and start > match.start()


ASKED = re.compile(r"[^.!?\n]*\?")  # "… and whether tickets are sold?" refuses nothing
HYPOTHETICAL = re.compile(
    r"\b(?:could|would|might|wäre\w*|könnte\w*|würde\w*|serait|pourrions|pourrais|sería|podríamos|sarebbe|potremmo|zou|zouden|бы)\b"
)


def _asks(reader: Reader) -> bool:
    for clause in reader.clauses:
        words = reader.words(clause).strip()
        if words.endswith("?") and not re.search(
            r"\b(?:that ok|sound good|work for you|shall (?:i|we) (?:book|hold)|want me to (?:hold|book))\b",
            words,
        ):
            return True
    return bool(cues.QUESTION.search(reader.lower))
