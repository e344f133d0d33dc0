"""The person's own new words of a reply: no quote, no footer, no banner, no disclaimer. Pure."""

import re
from dataclasses import dataclass

from compliance.optout.own_words import ADDED, REACTION, TRAILING_ADDED
from outreach.inbound.quote_marks import find_quoted

MOST_READ = 100_000
MOST_TEXT = 12_000
_PIECE = re.compile(r"\s+|\S{1,500}")
BANNER = re.compile(
    r"(?im)^[\s>*\[(]*(?:caution|warning|external(?: e-?mail)?|atenci[oó]n|precauci[oó]n|внимание|"
    r"предупреждение)\s?[:\])!][^\n]{20,400}$"
)
DISCLAIMER = re.compile(
    r"(?im)^[\s*_-]*(?:(?:legal |confidentiality )?(?:disclaimer|notice)\b\s*[:.]|"
    r"confidentiality notice|(?:this|the information in this|the contents? of this) "
    r"(?:e-?mail|message|communication)s?\b[^\n]{0,80}(?:confidential|privileged|intended)|"
    r"please consider the environment|este (?:mensaje|correo)[^\n]{0,80}(?:confidencial|"
    r"privilegiad|destinatari)|aviso (?:legal|de (?:confidencialidad|privacidad))|"
    r"(?:это|данное|настоящее) (?:электронное )?(?:письмо|сообщение)[^\n]{0,80}"
    r"(?:конфиденциальн|предназначен)|уведомление о конфиденциальности)"
)
_PLACEHOLDER = re.compile(
    r"(?i)^\s*[(\[<](?:no (?:text|content|message|body)|empty(?: message)?|sin texto|mensaje vac[ií]o|"
    r"без текста|пустое сообщение)[^\n]{0,20}[)\]>]"
)
_QUOTING = re.compile(
    r"(?im)^[ \t>|]+|^\W*(?:from|to|cc|date|sent|subject|de|para|asunto|fecha|от|кому|тема|дата)\s?:[^\n]*$|"
    r"^[-_ ]{3,}[^\n]*$"
)
# What our own footers say, should a mail program bring them back unmarked.
FOOTER = re.compile(
    r"(?im)(?:\bp\.?\s?s\.?\s*)?(?<!\bto )(?:\b(?:reply|text|txt|send|respond(?: with)?|answer)\s+"
    r"[\"“']?(?:stop|remove|unsubscribe|quit)\b[\"”']?\s+(?:to\s+(?:opt|unsub|end|stop|cancel|quit|"
    r"no longer|be removed|hear|get off)|if you)[^\n.]*\.?|"
    r"\b(?:you can |to )(?:opt out|unsubscribe)[^\n.]{0,30}(?:by )?(?:reply|replying|respond|click|"
    r"text)[^\n.]*\.?|\bpara (?:darse de baja|no recibir m[aá]s|dejar de recibir)[^\n.]{0,60}"
    r"(?:respond\w*|env[ií]\w*|clic)[^\n.]*\.?|\b(?:чтобы отписаться|отказаться от (?:писем|"
    r"рассылки|сообщений)|для отписки)[^\n.]{0,30}(?:ответьте|отправьте|нажмите|ссылк)[^\n.]*\.?)"
)


@dataclass(frozen=True, slots=True)
class OwnText:
    """`text` is the original up to their last word, with all that is not theirs blanked."""

    text: str
    reaction: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


def own_text(text: str) -> OwnText:
    """Blank what the sender did not write now; offsets hold in the original.

    A tapback of a phone ("Liked “…”") repeats our words and is no text of theirs.
    """
    body = text[:MOST_READ]
    if REACTION.match(body[:MOST_TEXT]):
        verb = re.match(r"\s*\w+(?:\s(?:at|to|gust[oó]))?", body)
        return OwnText("", verb.group().strip().lower() if verb else "")
    body = _PLACEHOLDER.sub(lambda match: _blank(match.group()), body)
    squeezed = _squeeze(body, find_quoted(body))
    words = _without_disclaimer(squeezed.text)
    for pattern in (BANNER, ADDED, TRAILING_ADDED):
        words = pattern.sub(lambda match: _blank(match.group()), words)
    # "Reply STOP to opt out" is our sentence; a reply that is nothing else may still be meant.
    without = FOOTER.sub(lambda match: _blank(match.group()), words)
    return OwnText(squeezed.unfold(without if without.strip() else words, body))


def quoted_text(text: str, own: OwnText) -> str:
    """What stands below or between their own words, without the marks and heads of a quote."""
    kept = own.text.ljust(len(text))
    rest = "".join(" " if mine.strip() else old for mine, old in zip(kept, text, strict=False))
    return _QUOTING.sub("", rest[:MOST_READ])


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """Long blanks make patterns slow, so they run over a text that has none; `at` maps back."""

    text: str
    at: list[int]

    def unfold(self, words: str, body: str) -> str:
        """`body` with only those characters left that `words`, as long as `text`, still has."""
        kept = [character if character in "\r\n" else " " for character in body]
        last = 0
        for index, character in enumerate(words):
            if not character.isspace():
                last = self.at[index]
                kept[last] = body[last]
        return "".join(kept[: last + 1])


def _squeeze(body: str, quoted: list[tuple[int, int]]) -> _Squeezed:
    pieces: list[str] = []
    at: list[int] = []
    position = 0
    for start, end in [*quoted, (len(body), len(body))]:
        for match in _PIECE.finditer(body, position, start):
            piece = match.group()
            if piece.isspace():
                piece = "\n" * min(2, piece.count("\n")) or " "
            pieces.append(piece)
            at.extend(range(match.start(), match.start() + len(piece)))
        if end > start:
            pieces.append("\n")
            at.append(start)
        position = max(position, end)
        if len(at) > MOST_TEXT:
            break
    return _Squeezed("".join(pieces)[:MOST_TEXT], at)


def _without_disclaimer(body: str) -> str:
    match = DISCLAIMER.search(body)
    if not match or not body[: match.start()].strip():
        return body
    return body[: match.start()]


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)
