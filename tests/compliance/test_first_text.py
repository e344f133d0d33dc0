"""What a text must say, and what a first one may not carry."""

from typing import Any

import pytest

from compliance.rules.first_text import refusals

GOOD = "Attaché LLC: would you sell your house on Elm Street? Reply STOP to opt out."


def judge(body: str = GOOD, **changes: Any) -> list[str]:
    values: dict[str, Any] = {"seller": "Attaché LLC", "is_first": True, **changes}
    channel = values.pop("channel", "sms")
    return refusals(channel, values.pop("purpose", "marketing"), body, **values)


def test_a_first_text_that_says_who_and_how_to_stop_goes() -> None:
    assert judge() == []


@pytest.mark.parametrize(
    "way",
    [
        "Reply STOP to end.", "Text STOP to opt out", "Responda ALTO para no recibir más",
        "Responde STOP para salir", "Ответьте СТОП, и мы не напишем",
    ],
)  # fmt: skip
def test_the_way_out_is_known_in_three_languages(way: str) -> None:
    assert judge(f"Attaché LLC: hello. {way}") == []


@pytest.mark.parametrize("body", ["Attaché LLC: hello", "Attaché LLC: I will stop by tomorrow"])
def test_a_first_text_without_a_way_out_stays(body: str) -> None:
    assert "how to stop" in judge(body)[0]
    assert judge(body, is_first=False) == []


def test_every_marketing_text_names_us() -> None:
    assert "name Attaché LLC" in judge("Hello. Reply STOP to end.", is_first=False)[0]
    assert judge("Hello. Reply STOP to end.", purpose="inquiry") == []
    assert "SELLER_NAME" in judge(seller="")[0]


@pytest.mark.parametrize(
    "link",
    ["https://attache.example/x", "http://1.2.3.4", "www.attache.example", "attache.com",
     "desk.attache.co.uk/offer", "Attache.COM"],
)  # fmt: skip
def test_a_first_text_carries_no_link_unless_allowed(link: str) -> None:
    body = f"{GOOD} See {link}"
    assert judge(body) == ["A first text may carry no link here."]
    assert judge(body, links_allowed=True) == []
    assert judge(body, is_first=False) == []


@pytest.mark.parametrize(
    "body", [f"{GOOD} Mail help@attache.com", f"{GOOD} At 3 p.m. Mr.Smith", f"{GOOD} 1.5 acres"]
)
def test_what_only_looks_like_a_link_passes(body: str) -> None:
    assert judge(body) == []


@pytest.mark.parametrize("link", ["bit.ly/x", "https://tinyurl.com/x", "t.co/abc"])
def test_a_shortened_link_never_leaves(link: str) -> None:
    for changes in ({}, {"is_first": False}, {"links_allowed": True}):
        assert "shorteners" in judge(f"{GOOD} {link}", **changes)[0]


@pytest.mark.parametrize("changes", [{"channel": "email"}, {"purpose": "answer"}])
def test_mail_and_answers_are_not_its_business(changes: dict[str, str]) -> None:
    assert judge("bit.ly/x", **changes) == []
