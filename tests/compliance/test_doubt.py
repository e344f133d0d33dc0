"""The second line: what no table is sure of is held by its sense, and everyday talk is not."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from compliance.optout import detect, reader
from compliance.optout.doubt import find_doubt
from compliance.optout.normal import fold, sentences

PHRASES = Path(__file__).parent / "data" / "own_optout_phrases.csv"


def doubted(text: str) -> str:
    return next((said for words, _ in sentences(fold(text)) if (said := find_doubt(words))), "")


@pytest.mark.parametrize(
    "text",
    [
        "may all this texting of yours cease",
        "we ask to have our name struck, deleting the phone too",
        "I am so tired of these pitches",
        "nobody here signed up for it",
        "get us the heck off of your whole thing",
        "this goes against the TCPA",
        "the next call goes to my attorney",
        "I withdraw whatever consent there was",
        "let an old woman be in peace",
        "ninguno de nosotros quiere mas llamadas",
        "bórrennos de ahí",
        "никто не просил, уберите контакт",
        "отзываю своё разрешение",
        "ihr sollt mich bitte endlich in Ruhe lassen",
        "nous ne voulons jamais vos appels",
        "u need to stahp lol",
        "for heaven's sake, quit it",
        "we said no to the last fellow as well",
        "let this be the end of it",
        "unsubscribed in May and still getting them",
    ],
)
def test_the_sense_is_heard_in_words_no_table_lists(text: str) -> None:
    assert doubted(text) or detect(text).verdict != "none"


@pytest.mark.parametrize(
    "text",
    [
        "I'll stop by at noon with the papers",
        "please take off the fuel surcharge",
        "no rush, call me whenever",
        "we remove vendors from the list after two years",
        "my lawyer looks at the contract on Friday",
        "can you email the offer again",
        "el banco dejó de mandarme cartas",
        "жду вашего звонка",
        "quito la cochera del precio",
        "please keep sending these",
        "the last offer I heard was 240",
        "we think of selling once my husband retires in the spring",
        "my wife will retire, call her then",
        "you can use the same number for my wife",
    ],
)
def test_everyday_talk_raises_no_doubt(text: str) -> None:
    assert not doubted(text)


def test_most_requests_are_held_even_where_no_table_knows_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deaf = tuple(replace(tongue, clear=re.compile("(?!)")) for tongue in reader.TONGUES)
    monkeypatch.setattr(reader, "TONGUES", deaf)
    monkeypatch.setattr(reader, "PER_SE", frozenset())
    monkeypatch.setattr(reader, "WHOLE", frozenset())
    with PHRASES.open(encoding="utf-8", newline="") as file:
        asked = [row["phrase"] for row in csv.DictReader(file) if row["class"] == "optout"]
    held = sum(detect(text).verdict != "none" for text in asked)
    assert held >= 0.85 * len(asked)


def test_who_asks_what_happens_to_data_asks_and_wants_no_end() -> None:
    assert detect("Do you delete the data of my users when I cancel?").verdict == "none"
