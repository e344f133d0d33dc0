"""What a marketing mail must carry before it leaves."""

from typing import Any

import pytest

from compliance.rules.marketing_mail import refusals
from compliance.unsubscribe import footer, headers

URL = "https://desk.example.com/u/abc-DEF_123"
SELLER = "Attaché LLC"
POST = "1 Main St\nMiami, FL 33101"
BODY = "Hello Priya,\n\n" + footer(url=URL, seller=SELLER, postal_address=POST)


def judge(**changes: Any) -> list[str]:
    values: dict[str, Any] = {
        "channel": "email", "purpose": "marketing", "body": BODY, "headers": headers(URL),
        "seller": SELLER, "postal_address": POST, "unsubscribe_url": URL, **changes,
    }  # fmt: skip
    return refusals(values.pop("channel"), values.pop("purpose"), values.pop("body"), **values)


def test_our_own_footer_and_headers_are_all_it_takes() -> None:
    assert judge() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": BODY.replace(SELLER, "We")}, "does not say who writes"),
        ({"body": BODY.replace("Main", "Elm")}, "postal address"),
        ({"body": BODY.replace(URL, "")}, "own unsubscribe link"),
        ({"body": BODY.replace(URL, URL + "4")}, "own unsubscribe link"),
        ({"headers": {}}, "List-Unsubscribe header"),
        ({"headers": headers("https://desk.example.com/u/other")}, "List-Unsubscribe header"),
        ({"headers": {"List-Unsubscribe": f"<{URL}>"}}, "List-Unsubscribe-Post"),
        ({"seller": " "}, "SELLER_NAME is not set"),
        ({"postal_address": ""}, "SELLER_POSTAL_ADDRESS is not set"),
        ({"unsubscribe_url": "http://desk.example.com/u/x"}, "begins with https"),
        ({"unsubscribe_url": ""}, "begins with https"),
        ({"body_html": "<p>Hello</p>"}, "does not say who writes"),
    ],
)
def test_each_thing_missing_is_told(changes: dict[str, Any], words: str) -> None:
    assert words in " ".join(judge(**changes))


def test_everything_missing_is_told_at_once() -> None:
    assert len(judge(body="Hello", headers={})) == 5


@pytest.mark.parametrize("changes", [{"purpose": "inquiry"}, {"channel": "sms"}])
def test_other_messages_are_not_its_business(changes: dict[str, str]) -> None:
    assert judge(body="Hello", headers={}, **changes) == []


def test_lines_case_punctuation_and_markup_do_not_matter() -> None:
    post = "1 Main St.<br>Miami FL 33101"
    html = f'<b>ATTACHÉ</b> LLC<br>{post} <a href="{URL}">x</a>'
    assert judge(body_html=html, headers={k.lower(): v for k, v in headers(URL).items()}) == []


def test_a_link_at_the_end_of_a_sentence_counts() -> None:
    assert judge(body=BODY.replace(URL, f"{URL}.")) == []


def test_a_desk_on_this_machine_may_show_its_own_link() -> None:
    url = "http://127.0.0.1:8000/u/abc"
    assert judge(body=BODY.replace(URL, url), headers=headers(url), unsubscribe_url=url) == []
