"""Which language a text is in, and which languages it names ("Russian-German")."""

import re
from functools import cache
from typing import Any

from outreach.reading.found import Found

OURS = ("en", "es", "fr", "de", "it", "pt", "nl", "ru")
FUNCTION_WORDS = {
    "en": "the for with from to need we and our of in on at looking please a",
    "es": "el la los para con desde necesito necesitamos y de en un una por buscamos del al",
    "fr": "le la les pour avec depuis besoin nous et de du des à un une je cherche au en",
    "de": "der die das für mit von nach wir brauchen und ein eine suche ich am im vom bis zum",
    "it": "il per con da abbiamo bisogno e di un una cerco del al gli nel",
    "pt": "o os para com preciso precisamos e de um uma do da em ao procuro",
    "nl": "het voor met van naar wij nodig en een zoek ik op we",
}
_SETS = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}


def detect_language(text: str) -> str:
    """The language of a text among ours; English where nothing tells."""
    sample = text[:2000].lower()
    words = re.findall(r"[^\W\d_]+", sample)
    if not words:
        return "en"
    cyrillic = sum(bool(re.match(r"[а-яё]", w)) for w in words)
    if cyrillic * 2 > len(words):
        return "ru"
    hits = {language: sum(w in known for w in words) for language, known in _SETS.items()}
    best = max(hits, key=lambda language: (hits[language], language == "en"))
    second = max(count for language, count in hits.items() if language != best)
    if hits[best] > second:
        return best
    # A handful of names and codes tells nothing; the statistics would guess.
    return _by_letters(sample) if len(words) >= 8 or not sample.isascii() else "en"


def _by_letters(sample: str) -> str:
    identifier = _identifier()
    return str(identifier.classify(sample)[0])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # An identifier of our own: the library's shared one keeps whatever languages others set.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(OURS))
    return identifier


@cache
def _language_names() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for locale in ("en", "es", "fr", "de", "ru", "it", "pt", "nl"):
        for code, name in Locale(locale).languages.items():
            if len(code) == 2 and len(str(name)) > 3 and " " not in str(name):
                names.setdefault(str(name).lower(), code.upper())
    names.update({"mandarin": "ZH", "cantonese": "YUE", "farsi": "FA", "flemish": "NL"})
    return names


def _code(word: str) -> str | None:
    lower = word.lower()
    table = _language_names()
    if lower in table:
        return table[lower]
    if re.match(r"[а-яё]", lower):
        stem = re.sub(r"(ого|ому|ими|ий|ом|им|и)$", "", lower)
        return table.get(stem + "ий") if len(stem) > 3 else None
    return table.get(re.sub(r"(e[nrms]?|s)$", "", lower))


_PAIR = re.compile(
    r"\b(?P<a>[^\W\d_]{4,20})(?:\s{0,2}[-–—/↔→>]{1,2}\s{0,2}"
    r"|\s{1,2}all['’]|\s{1,2}(?:to|into|in|and|al?|vers|para|naar|ins?|nach|zu|und|y|et|на|и|en)\s{1,2})"
    r"(?:(?:the|el|le|das|in)\s{1,2}|l['’])?(?P<b>[^\W\d_]{4,20})\b",
    re.IGNORECASE,
)
_CODES = re.compile(r"\b(?P<a>[A-Z]{2})\s?[-–>→/]+\s?(?P<b>[A-Z]{2})\b")


def find_language_pair(text: str) -> Found[str] | None:
    """The first pair of languages a text names, as "RU-DE"; None without one."""
    for match in _overlapping(text):
        first, second = _code(match["a"]), _code(match["b"])
        if first and second and first != second:
            return Found(f"{first}-{second}", match.start(), match.end())
    known = frozenset(_language_names().values())
    for match in _CODES.finditer(text):
        if {match["a"], match["b"]} <= known:
            return Found(f"{match['a']}-{match['b']}", match.start(), match.end())
    return None


def _overlapping(text: str) -> list[re.Match[str]]:
    found, position = [], 0
    while match := _PAIR.search(text, position):
        found.append(match)
        position = match.start("b")
    return found
