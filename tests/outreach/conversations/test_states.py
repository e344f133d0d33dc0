"""The machine of a conversation: which moves there are, and what a reply makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.choices import Outcome, ReplyIntent, TalkState
from outreach.conversations import states
from outreach.conversations.case import MACHINES, Intent
from outreach.conversations.states import MOVES, Place, after_reply, is_engaged, may_move

PLACES = st.one_of(
    st.just(Place(TalkState.AWAITING)),
    st.builds(Place, st.just(TalkState.REPLIED), st.sampled_from(ReplyIntent.values)),
    st.builds(Place, st.just(TalkState.TAKEN_OVER), st.sampled_from(["", *ReplyIntent.values])),
    st.builds(
        Place, st.just(TalkState.CLOSED), st.sampled_from(["", *ReplyIntent.values]),
        st.sampled_from(Outcome.values),
    ),
)  # fmt: skip


def test_the_intents_stored_are_those_the_classifier_knows() -> None:
    assert {intent.value for intent in Intent} == set(ReplyIntent.values)
    assert {intent.value for intent in MACHINES} == {str(i) for i in states.WRITTEN_BY_MACHINES}


@given(PLACES, st.sampled_from(ReplyIntent.values))
def test_every_reply_makes_a_move_the_table_knows(now: Place, intent: str) -> None:
    step = after_reply(now, intent)
    assert (step is None) == (intent in states.WRITTEN_BY_MACHINES)
    if step is not None:
        assert may_move(now.state, step.to.state)
        assert step.to.intent == intent
        assert step.reason


@given(PLACES)
def test_what_a_person_took_over_no_reply_takes_from_them(now: Place) -> None:
    taken = states.take_over(now, "Taken over.").to
    for intent in ReplyIntent.values:
        step = after_reply(taken, intent)
        assert step is None or step.to.state is TalkState.TAKEN_OVER


@given(PLACES)
def test_only_what_is_closed_has_an_outcome(now: Place) -> None:
    steps = [states.take_over(now, ""), states.give_back(now, ""), states.await_reply(now, "")]
    steps += [states.close(now, outcome, "") for outcome in Outcome.values]
    for step in steps:
        assert bool(step.to.outcome) == (step.to.state is TalkState.CLOSED)
        assert step.to.state is not TalkState.REPLIED or step.to.intent


def test_who_writes_after_it_was_closed_opens_it_again() -> None:
    step = after_reply(Place(TalkState.CLOSED, "not_interested", "cold"), "question")
    assert step is not None
    assert step.to == Place(TalkState.REPLIED, "question")
    assert "closed as cold" in step.reason


def test_nobody_goes_back_to_waiting_out_of_a_closed_conversation() -> None:
    assert TalkState.AWAITING not in MOVES[TalkState.CLOSED]


@pytest.mark.parametrize(
    ("intents", "engaged"),
    [
        ([], False),
        (["question"], False),
        (["interested"], False),
        (["question", "not_interested", "question"], True),
        (["question", "interested"], True),
        (["unknown", "deferral", "referral"], False),
    ],
)
def test_two_questions_are_engaged(intents: list[str], engaged: bool) -> None:
    assert is_engaged(intents) is engaged
