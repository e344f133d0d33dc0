"""Whom somebody points us to: a name, an address, a number, as they wrote them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)*\.\w{2,24}")
PHONE = re.compile(r"(?<![\w$#.-])\+?\(?\d[\d().\-\s]{7,17}\d(?![\w-]|\.\d)")
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Fr|Rev|Sr|Sra|Srta|Prof|Sister|Lic|Ing|Mtr[oa]|Hn[oa]|Lcd[oa]|Arq|Rvdo|Hermana|Coach|Dean|Miss|Mister|Señora|Señor|Don|Doña|don|doña|lic|sra|srta)\.?"
_PART = r"[A-ZÁÉÍÓÚÑÜА-ЯЁ][\w'’-]*[a-záéíóúñüа-яё][\w'’-]*"
_NAME = re.compile(
    rf"(?<![\w.'’])(?:{_TITLE}\s)?{_PART}(?:\s(?:(?:de|del|la|las|los|van|von|der|den|da|bin|al|y|O')\s)"
    rf"{{0,2}}(?:[A-ZÁ-ÚА-ЯЁ]\.\s)?{_PART}){{0,3}}(?![\w@])"
)
_NO_NAMES = Path(__file__).parent / "words" / "no_names.txt"
_ORDINARY = frozenset(
    word
    for line in _NO_NAMES.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
_KIN = (
    r"(?:brother|sister|son|daughter|wife|husband|mom|mother|dad|father|cousin|aunt|uncle|nephew|"
    r"niece|partner|boss|manager|agent|realtor|lawyer|attorney|hermano|hermana|hijo|hija|esposo|"
    r"esposa|primo|prima|socio|jefe|tío|tía|брат[уа]?|сестр[аеу]|муж[уа]?|жен[аеу]|сын[уа]?)"
)
_SMALL_NAME = re.compile(
    rf"\b{_KIN}\s(?!is\b|at\b|who\b|on\b|and\b|handles\b|al\b|en\b|for\b|has\b|she\b|he\b|about\b|"
    r"instead\b|does\b|says?\b|said\b|wants?\b|thinks?\b|agree[sd]?\b|will\b|was\b|just\b|dice\b|que\b|se\b|quien\b)(?P<name>[^\W\d_]{2,15})\b",
    re.IGNORECASE,
)


# "call dave 407-555-0142": a number stands right behind.
_CALLED = re.compile(
    r"\b(?:talk (?:to|with)|speak (?:to|with)|call|text|ask|contact|reach|try|hit up|llam[ea] a|habl[ea] con|marque a|"
    r"звоните|позвоните|пишите|напишите)\s(?P<name>[^\W\d_]{3,15})(?:\s(?:at|on|al|на|по))?[\s,:@-]{1,3}(?=\+?\(?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """`said` in the order name, e-mail, phone; [start, end) holds all of it in the text."""

    said: str
    start: int
    end: int
    reachable: bool


def find_person(text: str, anchor: int, *, not_these: str = "") -> Person | None:
    """The person named around `anchor` (where the referral stands), None without name or contact.

    `not_these` names the one we wrote to, who signs the mail.
    """
    email = _clear_of(EMAIL.finditer(text), anchor)
    phone = _clear_of(PHONE.finditer(text), anchor)
    near = email or phone
    name = _name(text, near.start() if near else anchor, anchor, bool(near), not_these)
    pieces = [p for p in (name, email and email.span(), phone and phone.span()) if p]
    if not pieces:
        return None
    said = ", ".join(text[start:end].strip(" .") for start, end in pieces)
    return Person(said, min(p[0] for p in pieces), max(p[1] for p in pieces), bool(near))


_OWN = re.compile(
    r"(?:\b(?:my|our|mi|nuestro|мой|наш|моя|наша|моему)\s(?:\w+\s)?(?:cell|number|phone|e-?mail|mobile|line|direct|"
    r"address|office|work|personal|n[uú]mero|cel|celular|tel\w*|correo|номер|телефон|тел|почт\w+|адрес)\b"
    r"|\b(?:my|mi|мой|моя)\s\w+\s(?:is|es)\b"
    r"|\b(?:the|la|el)\s(?:house|home|land|shop|store|office|casa|oficina)\s?(?:phone|line|number|tel\w*)?\b"
    r"|\b(?:e-?mail|send|text|call|write|mail|forward|reach|ring|get)\s(?:it\s|them\s|that\s)?(?:to\s)?(?:me|us)\b"
    r"|\b(?:me|us)\s(?:at|on|via|by|under|here)\b|\w(?:me|nos)\sal?\b|\b(?:мне|нам)\s(?:на|по)\b)[^.!?\n]{0,20}$",
    re.IGNORECASE,
)
NEAR = 75
_ROLE_OF = re.compile(
    r"(?i)\b(?:director|head|dean|vp|chair|office|department|manager|coordinator|president|chief|"
    r"directora?|jefe|jefa|gerente)\s(?:of|for|de|del)\s(?:the\s|la\s|el\s)?$"
)
_LABELLED = re.compile(
    r"(?i)^\W*(?:(?:t|m|p|f|c|tel|cell?|mob(?:ile)?|phone|fax|office|direct|e-?mail|тел|моб|correo)\b[.:]?\W*)?$"
)


_ASKED_FOR = re.compile(
    rf"\b(?:ask(?:ing)? for|attn:?|pregunt[ea]n? por|спросите|спросить)\s(?P<name>{_NAME.pattern})"
)


def points_elsewhere(text: str, *, writer: str = "") -> bool:
    """Whether an address or number is given that is not the writer's own nor in a signature.

    An address that begins with a name of the `writer` is theirs.
    """
    names = [word.lower() for word in re.findall(r"\w{3,}", writer)]
    for pattern in (EMAIL, PHONE):
        for match in pattern.finditer(text):
            start = text.rfind("\n", 0, match.start()) + 1
            before = text[start : match.start()]
            signed = bool(_LABELLED.match(before)) and bool(text[:start].strip())
            signed = signed or match.start() >= _signature(text)
            led = text[:start].rstrip().endswith(":")
            theirs = pattern is EMAIL and match.group().lower().startswith(tuple(names))
            if (led or not signed) and not theirs and not _OWN.search(before):
                return True
    return False


def gives_own(text: str) -> bool:
    """Whether an address or number is said to be the writer's own: "e-mail me the papers at"."""
    found = (match for kind in (EMAIL, PHONE) for match in kind.finditer(text))
    return any(_OWN.search(text[max(0, match.start() - 60) : match.start()]) for match in found)


def _signature(text: str) -> int:
    """Where a last paragraph of short lines begins that nothing leads to, else the end."""
    kept = text.rstrip()
    at = kept.rfind("\n\n") + 2
    lines = kept[at:].splitlines()
    short = 2 <= len(lines) <= 6 and all(len(line) <= 60 for line in lines)
    led = kept[: max(at - 2, 0)].rstrip().endswith(":")
    return at if at > 1 and short and not led else len(text)


def _clear_of(found: Iterator[re.Match[str]], anchor: int) -> re.Match[str] | None:
    matches = list(found)
    return min(matches, key=lambda m: abs(m.start() - anchor)) if matches else None


def _name(
    text: str, at: int, anchor: int, reachable: bool, not_these: str
) -> tuple[int, int] | None:
    """The nearest name before the contact, else the first one after the words of referral."""
    wanted = _ASKED_FOR.search(text) if reachable else None
    if wanted:
        return wanted.span("name")
    ours = {word.lower() for word in re.findall(r"\w+", not_these)}
    names = [
        trimmed
        for m in _NAME.finditer(text)
        if (trimmed := _trim(m, ours))
        and not _ROLE_OF.search(text[max(0, trimmed[0] - 30) : trimmed[0]])
    ]
    if reachable:
        before = [n for n in names if n[1] <= at and at - n[1] <= NEAR and _joined(text, n, at)]
        if before:
            return before[-1]
        after = [n for n in names if 0 <= n[0] - at <= 60 and "\n" not in text[at : n[0]]]
        if after:
            return after[0]
    else:
        after = [n for n in names if n[0] >= anchor - 2 and "\n\n" not in text[anchor : n[0]]]
        before = [n for n in names if n[1] <= anchor + 2 and anchor - n[1] <= 40]
        if after or before:
            return after[0] if after else before[-1]
    for small in (_SMALL_NAME.search(text), _CALLED.search(text) if reachable else None):
        if small and small["name"].lower() not in _ORDINARY:
            return small.span("name")
    return None


def _joined(text: str, name: tuple[int, int], at: int) -> bool:
    """One capitalised word alone is a name of this contact only within one sentence."""
    return " " in text[slice(*name)] or not re.search(r"[.!?]\s", text[name[1] : at])


def _trim(match: re.Match[str], ours: set[str]) -> tuple[int, int] | None:
    """Cut ordinary words off both ends; None if nothing or only the addressee is left."""
    words = list(re.finditer(r"\S+", match.group()))
    while words and _bare(words[0]) in _ORDINARY:
        words.pop(0)
    while words and _bare(words[-1]) in _ORDINARY:
        words.pop()
    if not words or {_bare(word) for word in words} <= ours:
        return None
    end = match.start() + words[-1].end()
    titled = re.search(rf"\b{_TITLE}\s$", match.string[: match.start() + words[0].start()][-12:])
    owned = re.search(r"['’]s$", match.string[match.start() : end])
    start = match.start() + words[0].start() - (len(titled.group()) if titled else 0)
    return start, end - (2 if owned else 0)


def _bare(word: re.Match[str]) -> str:
    return re.sub("['’.,]", "", word.group().lower())
