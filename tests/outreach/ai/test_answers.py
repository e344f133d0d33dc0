"""Schemas as providers want them, and texts read against them."""

from typing import Any

import pytest
from pydantic import BaseModel

from outreach.ai.answers import AnswerError, read_answer, response_format


class Part(BaseModel):
    amount: int = 1


class Closed(BaseModel):
    parts: list[Part]
    first: Part | None = None


class Open(BaseModel):
    facts: dict[str, Any]


def test_a_closed_schema_is_strict_all_the_way_down() -> None:
    demanded = response_format(Closed)["json_schema"]
    assert demanded["strict"] is True
    part = demanded["schema"]["$defs"]["Part"]
    assert part["required"] == ["amount"]
    assert part["additionalProperties"] is False
    assert "default" not in part["properties"]["amount"]


def test_a_schema_with_free_keys_is_not_called_strict() -> None:
    assert response_format(Open)["json_schema"]["strict"] is False


def test_the_problem_names_the_field() -> None:
    with pytest.raises(AnswerError, match=r"parts\.0\.amount"):
        read_answer('{"parts": [{"amount": "many"}]}', Closed)


def test_lone_surrogates_do_not_get_through() -> None:
    answer = read_answer('{"facts": {"a": "\ud800"}}', Open)
    answer.facts["a"].encode()
