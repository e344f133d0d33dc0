"""A question finds its answer in other words; a question nobody has answered finds none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.answers.match import ENOUGH, Known, match
from outreach.answers.questions import questions_in

KNOWLEDGE = {
    "en": [
        Known("fee", ("Do you charge a fee?", "What does it cost me?", "Are there commissions?"),
              "There is no fee."),
        Known("speed", ("How fast can you close?", "How long does closing take?"),
              "We can close in two weeks."),
        Known("who", ("Who are you?", "What company is this?", "Are you an agent?"),
              "We are a local buyer."),
        Known("number", ("How did you get my number?", "Where did you find my contact details?"),
              "Your address is in the county's public records."),
        Known("repairs", ("Do I have to make repairs?", "Is its good condition needed?"),
              "We buy as it is."),
        Known("tenants", ("What about tenants living there?",), "Tenants may stay."),
        Known("pricing", ("How much is the API?", "What are your prices per month?"),
              "Plans begin at the free tier."),
    ],
    "es": [
        Known("fee", ("¿Cobran comisión?", "¿Cuánto me cuesta?"), "No cobramos comisión."),
        Known("speed", ("¿Cuánto tarda el cierre?", "¿Qué tan rápido pueden cerrar?"),
              "Cerramos en dos semanas."),
        Known("number", ("¿Cómo consiguieron mi número?", "¿De dónde sacaron mis datos?"),
              "De los registros públicos."),
    ],
    "ru": [
        Known("fee", ("Вы берёте комиссию?", "Сколько это стоит?"), "Комиссии нет."),
        Known("speed", ("Как быстро вы закрываете сделку?",), "За две недели."),
        Known("number", ("Откуда у вас мой номер?", "Где вы взяли мои контакты?"),
              "Из открытых реестров."),
    ],
}  # fmt: skip


def found(question: str, language: str = "en") -> str:
    (one,) = match([question], KNOWLEDGE[language], language)
    return one.known.key if one else ""


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Is there any fee?", "fee"),
        ("what would this cost me", "fee"),
        ("Any commission?", "fee"),
        ("How fast could you close on it?", "speed"),
        ("How did you find my number??", "number"),
        ("where did u get my number", "number"),
        ("Which company are you with?", "who"),
        ("do you need me to do repairs", "repairs"),
        ("What happens with the tenants?", "tenants"),
        ("How much is the API per month?", "pricing"),
    ],
)
def test_other_words_for_the_same_question(question: str, key: str) -> None:
    assert found(question) == key


@pytest.mark.parametrize(
    ("question", "language", "key"),
    [
        ("¿Hay alguna comisión?", "es", "fee"),
        ("¿Y cuánto tardan en cerrar?", "es", "speed"),
        ("¿cómo consiguió mi numero?", "es", "number"),
        ("Комиссию берете?", "ru", "fee"),
        ("Сколько стоит?", "ru", "fee"),
        ("А как быстро закроете сделку?", "ru", "speed"),
        ("откуда мой номер", "ru", "number"),
    ],
)
def test_other_languages(question: str, language: str, key: str) -> None:
    assert found(question, language) == key


@pytest.mark.parametrize(
    "question",
    [
        "Can my dog stay in the house until June?",
        "Is your data hosted in Frankfurt?",
        "What is the weather like?",
        "Did Tom call you yesterday?",
        "Can you send me the contract and a list of references?",
        "Are you closing the office on Friday?",
        "???",
        "",
    ],
)
def test_what_nobody_has_answered_finds_nothing(question: str) -> None:
    assert found(question) == ""


def test_nothing_known_answers_nothing() -> None:
    assert match(["How fast?"], [], "en") == [None]


@given(st.text(max_size=200), st.sampled_from(["en", "es", "ru", "xx"]))
def test_any_text_is_matched_without_trouble(question: str, language: str) -> None:
    (one,) = match([question], KNOWLEDGE["en"], language)
    assert one is None or ENOUGH <= one.score <= 1.001


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hi. What does it cost? And how long does it take?\nTom",
         ["What does it cost?", "And how long does it take?"]),
        ("Please send me your price list. Thanks.", ["Please send me your price list."]),
        ("Quisiera saber el precio.", ["Quisiera saber el precio."]),
        ("Пришлите, пожалуйста, прайс.", ["Пришлите, пожалуйста, прайс."]),
        ("how much", ["how much"]),
        ("   \n ", []),
        ("👍", []),
    ],
)  # fmt: skip
def test_the_questions_of_a_reply(text: str, asked: list[str]) -> None:
    assert questions_in(text) == asked


def test_a_flood_of_questions_is_bounded() -> None:
    found = questions_in("What? " * 5000 + "x" * 100_000 + "?")
    assert len(found) == 6
