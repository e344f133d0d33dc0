"""Words mistyped by one letter, for texts that are one word long. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

# Only long or unmistakable words are guessed at: one letter off "alto" or "baja" is a real word.
GUESSED = [
    "stop",
    "stopall",
    "unsubscribe",
    "unsub",
    "quit",
    "cancel",
    "revoke",
    "remove",
    "optout",
    "cancelar",
    "desuscribir",
    "стоп",
    "отписка",
    "отписаться",
    "отпишите",
    "отмена",
    "stopp",
    "abmelden",
    "arretez",
]
REAL_WORDS = frozenset(
    [
        "shop",
        "step",
        "top",
        "slop",
        "spot",
        "stops",
        "stoop",
        "strop",
        "stow",
        "stock",
        "story",
        "store",
        "atop",
        "stomp",
        "stope",
        "stob",
        "stot",
        "quiet",
        "quite",
        "suit",
        "quits",
        "quilt",
        "quid",
        "quip",
        "unit",
        "guit",
        "cancels",
        "cancer",
        "revoked",
        "remote",
        "removed",
        "removes",
        "remover",
        "evoke",
        "invoke",
        "provoke",
        "unsure",
        "stol",
        "стол",
        "стон",
        "сноп",
        "топ",
        "столп",
        "стопа",
        "стоп-кран",
        "описка",
        "отписки",
        "отметка",
        "отпишитесь",
        "сто",
        "скоп",
        "слоп",
        "stopped",
        "cancelas",
        "cancelare",
        "subscribe",
    ]
)

KEY_WORDS = [
    "stop",
    "unsubscribe",
    "remove",
    "delete",
    "texting",
    "messaging",
    "emailing",
    "calling",
    "contacting",
    "contact",
    "please",
    "number",
    "отпишите",
    "рассылка",
    "рассылку",
    "прекратите",
    "перестаньте",
    "удалите",
    "хватит",
    "пишите",
]
# Words that are spelt as they sound: е for и, a letter unheard.
HEARD = [
    "удалите",
    "отпишите",
    "прекратите",
    "перестаньте",
    "вычеркните",
    "исключите",
    "присылайте",
    "отправляйте",
    "беспокойте",
    "звоните",
    "пишите",
    "хватит",
    "рассылку",
    "рассылка",
    "надо",
    "mensajes",
    "recibir",
    "escriban",
    "escriba",
    "envien",
    "llamen",
    "llame",
    "borren",
    "borrenme",
    "quiero",
    "dejen",
    "desuscribir",
]
SOUNDS = [
    ("о", "а"), ("а", "о"), ("е", "и"), ("и", "е"), ("сс", "с"), ("ск", "зк"),
    ("c", "s"), ("b", "v"), ("v", "b"), ("j", "g"), ("ll", "y"), ("rr", "r"), ("qu", "k"),
]  # fmt: skip
# One slip makes these; each is a word of its own.
OTHER_MEANINGS = frozenset(["пишете", "отпишете", "вычеркнете"])
SHORTHAND = {
    "отписатся": "отписаться",
    "отказатся": "отказаться",
    "txts": "texts",
    "msg": "message",
    "msgs": "messages",
    "agn": "again",
    "anymre": "anymore",
    "dnt": "dont",
    "donot": "dont",
    "dont t": "dont",
    "plesae": "please",
    "recieve": "receive",
    "emial": "email",
}
SWAPPED = {
    word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word
    for word in KEY_WORDS
    for at in range(len(word) - 1)
    if word[at] != word[at + 1]
}


def _as_heard(word: str) -> Iterator[str]:
    for spelt, heard in SOUNDS:
        for match in re.finditer(spelt, word):
            yield word[: match.start()] + heard + word[match.end() :]


AS_HEARD = {
    heard: word for word in HEARD for heard in _as_heard(word) if heard not in OTHER_MEANINGS
}


@lru_cache(maxsize=20_000)
def is_mistyped(word: str) -> bool:
    """Whether one letter dropped, added, changed or swapped makes this a word for stopping."""
    if word in REAL_WORDS or len(word) < 4:
        return len(word) == 3 and word in {"stp", "sop", "stó"}
    return any(
        abs(len(word) - len(meant)) <= 1 and _one_apart(word, meant) and word[0] == meant[0]
        for meant in GUESSED
    ) or _nearly_unsubscribe(word)


@lru_cache(maxsize=20_000)
def mend(word: str) -> str:
    """A key word with two letters swapped, or spelt as it sounds, set right."""
    if _nearly_unsubscribe(word) and not word.endswith(("ed", "rs", "es", "ing")):
        return "unsubscribe"
    return SHORTHAND.get(word) or AS_HEARD.get(word) or SWAPPED.get(word, word)


def _nearly_unsubscribe(word: str) -> bool:
    """The long word is mistyped in more ways: up to two letters off still can only mean it."""
    return word[:1] == "u" and 8 <= len(word) <= 13 and _distance(word, "unsubscribe") <= 2


def _distance(word: str, meant: str) -> int:
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(word, 1):
        before, row[0] = row[0], at
        for column, other in enumerate(meant, 1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (letter != other)),
            )
    return row[-1]


def _one_apart(word: str, meant: str) -> bool:
    if word == meant:
        return True
    if len(word) == len(meant):
        off = [index for index in range(len(word)) if word[index] != meant[index]]
        swapped = (
            len(off) == 2
            and off[1] == off[0] + 1
            and word[off[0]] == meant[off[1]]
            and word[off[1]] == meant[off[0]]
        )
        return len(off) == 1 or swapped
    shorter, longer = sorted((word, meant), key=len)
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))
