"""Which rule decides, and the bounds no rule may cross."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.choices import CampaignKind, ReplyAction, ReplyIntent, TalkState
from outreach.conversations.decisions import (
    WRITES,
    Rule,
    Said,
    Standing,
    decide,
    rule_from,
)
from outreach.conversations.shipped_rules import SHIPPED
from outreach.conversations.states import WRITTEN_BY_MACHINES

RULES = st.builds(
    Rule,
    st.text(max_size=5),
    st.lists(st.sampled_from(ReplyAction.values), min_size=1, max_size=4).map(tuple),
    st.sampled_from(["", *ReplyIntent.values]),
    st.none() | st.floats(-1, 1),
    st.none() | st.floats(-1, 1),
)
SAID = st.builds(
    Said, st.sampled_from(ReplyIntent.values), st.floats(-1, 1),
    st.sampled_from(["none", "ambiguous", "clear"]), st.booleans(), st.floats(0, 1),
)  # fmt: skip
STANDINGS = st.builds(
    Standing, st.sampled_from(TalkState.values), st.sampled_from(["email", "sms"]),
    st.sampled_from(CampaignKind.values), st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip


@given(SAID, STANDINGS, st.lists(RULES, max_size=5))
def test_no_rule_crosses_the_bounds(said: Said, standing: Standing, rules: list[Rule]) -> None:
    decision = decide(said, standing, rules)
    done = set(decision.actions)
    if said.intent in WRITTEN_BY_MACHINES:
        assert not done
        return
    if said.verdict == "clear":
        assert "opt_out" in done
    if said.verdict != "none":
        assert not done & WRITES
    if not standing.trusted:
        assert "ask_person" in done
        assert not done & {"draft_answer", "thank", "stop_person", "close_cold", "resume"}
    if standing.state == TalkState.TAKEN_OVER:
        assert not done & {"draft_answer", "thank", "resume", "remind", "close_cold"}
    past = standing.late or standing.touched
    if said.escalate and said.score < 0 and not (past and standing.state == "closed"):
        assert "escalate" in done
    if "escalate" in done:
        assert not done & {"close_cold", "mark_wrong", "resume", "remind"}
    assert len(decision.actions) == len(done)


@given(SAID, STANDINGS)
def test_the_shipped_rules_leave_nothing_a_person_wrote_undecided(
    said: Said, standing: Standing
) -> None:
    decision = decide(said, standing, SHIPPED)
    if said.intent not in WRITTEN_BY_MACHINES and not (standing.late or standing.touched):
        assert decision.rule
        assert decision.actions


@pytest.mark.parametrize(
    ("intent", "kind", "actions"),
    [
        ("interested", "sequence", ("escalate",)),
        ("interested", "rfq", ("leave",)),
        ("question", "sequence", ("draft_answer",)),
        ("question", "rfq", ("draft_answer",)),
        ("not_interested", "sequence", ("close_cold",)),
        ("deferral", "sequence", ("resume",)),
        ("deferral", "rfq", ("remind",)),
        ("referral", "sequence", ("propose_contact", "thank")),
        ("wrong_person", "sequence", ("mark_wrong", "find_contact")),
        ("complaint", "rfq", ("stop_person", "tell_admin")),
        ("unknown", "sequence", ("ask_person",)),
    ],
)
def test_the_shipped_table(intent: str, kind: str, actions: tuple[str, ...]) -> None:
    decision = decide(Said(intent, 0.0), Standing(campaign_kind=kind), SHIPPED)
    assert decision.actions == actions


def test_gladness_alone_reaches_a_person() -> None:
    assert decide(Said("unknown", 0.51), Standing(), SHIPPED).actions == ("escalate",)
    assert decide(Said("unknown", 0.5), Standing(), SHIPPED).actions == ("ask_person",)


def test_a_kind_no_is_still_a_no() -> None:
    assert decide(Said("not_interested", 0.9), Standing(), SHIPPED).actions == ("close_cold",)


def test_a_second_question_reaches_a_person_too() -> None:
    decision = decide(Said("question", 0.0), Standing(engaged=True), SHIPPED)
    assert decision.actions == ("escalate", "draft_answer")


def test_an_unsure_no_is_looked_at_before_it_is_closed() -> None:
    decision = decide(Said("not_interested", 0.0, confidence=0.3), Standing(), SHIPPED)
    assert decision.actions == ("ask_person",)
    assert "not sure" in decision.reason


def test_the_first_rule_that_fits_decides() -> None:
    rules = [
        Rule("a", ("leave",), channel="sms"),
        Rule("b", ("tell_admin",)),
        Rule("c", ("leave",)),
    ]
    assert decide(Said("question", 0.0), Standing(), rules).rule == "b"


def test_without_any_rule_a_person_looks() -> None:
    assert decide(Said("interested", 0.9), Standing(), []).actions == ("ask_person",)


@given(RULES)
def test_a_rule_comes_back_as_it_was_stored(rule: Rule) -> None:
    assert rule_from(rule.as_data()) == rule
