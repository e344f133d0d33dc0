"""What pydantic finds is told in our words: what is wrong, and what to write instead."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crm.faults import in_words


class Inner(BaseModel):
    name: str = Field("x", pattern=r"^[a-z][a-z0-9_]*$", max_length=5)


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = Field("x", min_length=1)
    share: float = Field(1, ge=0, le=9, allow_inf_nan=False)
    above: float = Field(1, gt=0)
    count: int = 1
    sure: bool = True
    kind: Literal["a", "b"] = "a"
    words: list[Annotated[str, Field(pattern=r"\w")]] = Field(["x"], min_length=1, max_length=2)
    inner: Inner = Inner()
    named: dict[str, int] = {}


def fault(data: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        Shape.model_validate(data)
    return in_words(refused.value.errors()[0])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": ""}, "it is empty; fill it in"),
        ({"text": 5}, "write a text here"),
        ({"share": "many"}, "“many” is no number; write one such as 12 or 2.5"),
        ({"share": ""}, "it is empty; write a number"),
        ({"share": None}, "it is empty; write a number"),
        ({"share": float("nan")}, "“nan” is no number; write one such as 12 or 2.5"),
        ({"share": -1}, "-1 is too small; write 0 or more"),
        ({"share": 10}, "10 is too large; write 9 or less"),
        ({"above": 0}, "write a number above 0"),
        ({"count": 2.5}, "“2.5” is no whole number; write one such as 12"),
        ({"count": ""}, "it is empty; write a whole number"),
        ({"sure": "perhaps"}, "“perhaps” is neither true nor false"),
        ({"kind": "c"}, "“c” is not among 'a' or 'b'"),
        ({"words": "x"}, "write a list here, in [ ]"),
        ({"words": []}, "there is none; add at least one"),
        ({"words": ["a", "b", "c"]}, "there are 3; at most 2 fit"),
        ({"words": ["--"]}, "“--” holds no letter and no digit, so nothing can be found by it"),
        ({"inner": 1}, "write names with their values here, in { }"),
        ({"named": 1}, "write names with their values here, in { }"),
        (
            {"inner": {"name": "A b"}},
            "“A b” is no name here; use small letters, digits and _, a letter first",
        ),
        ({"inner": {"name": "abcdef"}}, "it is longer than 5 characters; shorten it"),
        ({"colour": "red"}, "there is no such setting; take it out"),
    ],
)  # fmt: skip
def test_a_finding_says_what_to_do(data: dict[str, Any], words: str) -> None:
    assert fault(data) == words
