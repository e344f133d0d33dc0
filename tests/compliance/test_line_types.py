"""A landline gets no text; what else a number may be is explained and let through."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import gate
from compliance.choices import LineType
from compliance.line_types import WHAT_FOLLOWS, in_words, line_of
from compliance.rules.line import refusals
from tests.compliance.test_gate import TEXT, outbound
from tests.compliance.test_grounds import grounds

MIAMI = "+13055551234"


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("+442079460018", LineType.LANDLINE),
        ("+4915123456789", LineType.MOBILE),
        ("+79161234567", LineType.MOBILE),
        (MIAMI, LineType.UNKNOWN),
        ("+18005551234", LineType.UNKNOWN),
        ("+1305", LineType.UNKNOWN),
        ("305 FLOWERS", LineType.UNKNOWN),
        ("", LineType.UNKNOWN),
    ],
)
def test_where_nobody_said_the_numbering_plan_speaks(number: str, line: LineType) -> None:
    assert line_of(number, LineType.UNKNOWN) == line


def test_what_somebody_said_beats_the_numbering_plan() -> None:
    assert line_of("+442079460018", LineType.VOIP) == LineType.VOIP


@given(st.text(max_size=20), st.sampled_from(["", "satellite", *LineType.values]))
def test_every_number_has_a_line_with_words_for_it(number: str, told: str) -> None:
    assert line_of(number, told) in LineType
    assert in_words(number, told).endswith(WHAT_FOLLOWS[line_of(number, told)])


@pytest.mark.parametrize(
    ("channel", "line", "goes"),
    [
        ("sms", LineType.LANDLINE, False),
        ("sms", LineType.MOBILE, True),
        ("sms", LineType.VOIP, True),
        ("sms", LineType.UNKNOWN, True),
        ("sms", "satellite", True),
        ("phone", LineType.LANDLINE, True),
        ("whatsapp", LineType.LANDLINE, True),
        ("email", LineType.LANDLINE, True),
    ],
)
def test_only_a_text_to_a_landline_is_refused(channel: str, line: str, goes: bool) -> None:
    assert (refusals(channel, MIAMI, line) == []) is goes


@pytest.mark.django_db
class TestAtTheGate:
    def test_a_text_to_a_landline_is_refused_in_words(self) -> None:
        verdict = gate.check(outbound(**TEXT, line_type="landline"))
        assert verdict.reasons[0] == (
            f"{MIAMI} is a landline: no text goes to it. Call, or use another number."
        )

    def test_a_landline_by_its_plan_is_refused_though_nobody_said_so(self) -> None:
        reasons = gate.check(outbound(**{**TEXT, "to": "+442079460018"})).reasons
        assert "is a landline" in reasons[0]

    def test_a_call_to_a_landline_goes(self) -> None:
        assert gate.check(outbound(**{**TEXT, "channel": "phone"}, line_type="landline")).allowed

    @pytest.mark.parametrize("line", ["voip", "unknown", "mobile"])
    def test_the_evidence_keeps_what_the_number_was(self, line: str) -> None:
        told: Any = grounds(line_type=line)["line_type"]
        assert told == in_words(MIAMI, line)
