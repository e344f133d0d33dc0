"""Brings a text into the one form the tables are written in: case, accents, look-alikes. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from compliance.optout.typos import mend

CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
TO_LATIN_KEYS = str.maketrans(CYRILLIC_KEYS, LATIN_KEYS)
TO_CYRILLIC_KEYS = str.maketrans(LATIN_KEYS, CYRILLIC_KEYS)

# Letters that look alike: Cyrillic (and a few Greek) to Latin, and back.
LOOKS_LATIN = str.maketrans("авекмнорстухѕіјԁԛԝοαετρνκ", "abekmhopctyxsijdqwoaetpvk")
LOOKS_CYRILLIC = str.maketrans("abekmhopctyx", "авекмнорстух")
DIGITS_AS_LETTERS = str.maketrans("013457$@", "oieastsa")

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LATIN = re.compile(r"[a-z]")
SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*·]{1,2}){2,}\w(?!\w)")
ENGLISH_ENDING = re.compile(r"(?<=\w)'(?=(?:t|s|m|d|re|ll|ve)\b)")
COMMAS = re.compile(r"[,:()\[\]\"“”«»„|/–—]+|\s-+\s")
INNER_MARKS = re.compile(r"[^\w\s,#@]|_")
SENTENCE_END = re.compile(r"(?<=[.!?…;])[.!?…;\"')»”]*(?:\s+|$)|\n\s*\n")
EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@lru_cache(maxsize=64)  # one reply is folded a dozen times: whole, by sentence, by spelling
def fold(text: str) -> str:
    """Casefolded, accents of Latin letters off, invisible characters out; line breaks kept."""
    kept = []
    for character in unicodedata.normalize("NFKC", text).casefold():
        category = unicodedata.category(character)
        if category == "Cf" or category == "Mn":
            continue
        kept.append(_plain(character))
    folded = "".join(kept).replace("ё", "е")
    for quote in "’‘`´ʼ′":
        folded = folded.replace(quote, "'")
    return re.sub(r"\S+", _one_script, folded)


def _plain(character: str) -> str:
    if "\u00c0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1eff":
        return unicodedata.normalize("NFD", character)[0]
    return character


def _one_script(match: re.Match[str]) -> str:
    """A word mixed of two alphabets is written in the one most of its letters belong to."""
    word = match.group(0)
    cyrillic, latin = len(CYRILLIC.findall(word)), len(LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    return word.translate(LOOKS_CYRILLIC if cyrillic >= latin else LOOKS_LATIN)


def sentences(folded: str) -> Iterator[tuple[str, bool]]:
    """Each sentence as plain words, and whether it is a question; wrapped lines are joined."""
    for part in SENTENCE_END.split(folded):
        asked = part.rstrip(" \"')»”\n").endswith("?")
        cleaned = plain_words(part)
        if cleaned:
            yield cleaned, asked


def plain_words(folded: str) -> str:
    """Words divided by single blanks, a comma as a word of its own, no other marks."""
    text = SPACED.sub(lambda match: re.sub(r"\W|_", "", match.group(0)), folded)
    text = ENGLISH_ENDING.sub("", text)
    text = COMMAS.sub(" , ", text)
    text = " ".join(INNER_MARKS.sub(" ", text).split())
    text = re.sub(r"\be mail(s|ed|ing)?\b", r"email\1", text)
    text = re.sub(r"\bun subscribe\b", "unsubscribe", text)
    text = " ".join(mend(word) for word in text.split())
    return re.sub(r"^(?:, )+|(?: ,)+$", "", text)


def without_commas(words: str) -> str:
    return " ".join(words.replace(",", " ").split())


def spellings(text: str) -> list[str]:
    """The words of a short text as they may have been meant, itself first."""
    folded = fold(text)
    meant = [
        folded,
        *other_scripts(text),
        re.sub(r"\S*[a-z]\S*", _undigit, folded),
        re.sub(r"(\w)\1+", r"\1", folded),
    ]
    return list(dict.fromkeys(without_commas(plain_words(spelling)) for spelling in meant))


def other_scripts(text: str) -> list[str]:
    """The text typed on the other keyboard layout, or in letters that look alike.

    The layouts are switched on the raw text, since commas and full stops are letters there.
    """
    lowered, folded = text.casefold(), fold(text)
    meant = (
        folded.translate(LOOKS_LATIN),
        folded.translate(LOOKS_CYRILLIC),
        fold(lowered.translate(TO_LATIN_KEYS)),
        fold(lowered.translate(TO_CYRILLIC_KEYS)),
        fold(EDGES.sub("", lowered).translate(TO_CYRILLIC_KEYS)),
    )
    return [spelling for spelling in meant if spelling != folded]


def _undigit(match: re.Match[str]) -> str:
    return match.group(0).translate(DIGITS_AS_LETTERS)
