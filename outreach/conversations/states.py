"""Where a conversation stands and where it may go from there. Pure.

    awaiting reply → replied (question, interested, …) → with a person → closed (won, lost, …)

Who writes again after it was closed opens it again; what a person has taken over stays with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.choices import Outcome, ReplyIntent, TalkState

MOVES: dict[TalkState, frozenset[TalkState]] = {
    TalkState.AWAITING: frozenset({TalkState.REPLIED, TalkState.TAKEN_OVER, TalkState.CLOSED}),
    TalkState.REPLIED: frozenset(TalkState),
    TalkState.TAKEN_OVER: frozenset(
        {TalkState.TAKEN_OVER, TalkState.REPLIED, TalkState.AWAITING, TalkState.CLOSED}
    ),
    TalkState.CLOSED: frozenset({TalkState.REPLIED, TalkState.TAKEN_OVER, TalkState.CLOSED}),
}
WRITTEN_BY_MACHINES = frozenset(
    {ReplyIntent.OUT_OF_OFFICE, ReplyIntent.AUTO_REPLY, ReplyIntent.BOUNCE}
)
KEEN = frozenset({ReplyIntent.INTERESTED, ReplyIntent.QUESTION})
ENGAGED_AT = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A state with what belongs to it: the intent once they replied, the outcome once closed."""

    state: TalkState
    intent: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A move to `to`, and why, in words that name nobody: they are kept for good."""

    to: Place
    reason: str


def may_move(source: TalkState, target: TalkState) -> bool:
    """Whether the table knows this move."""
    return target in MOVES[source]


def after_reply(now: Place, intent: str) -> Step | None:
    """The step a person's reply makes; None for a machine's, which changes nothing."""
    if intent in WRITTEN_BY_MACHINES:
        return None
    said = ReplyIntent(intent).label.lower()
    if now.state is TalkState.TAKEN_OVER:
        return Step(Place(TalkState.TAKEN_OVER, intent), f"They wrote again ({said}).")
    if now.state is TalkState.CLOSED:
        was = Outcome(now.outcome).label.lower()
        words = f"They wrote again ({said}) after it was closed as {was}."
        return Step(Place(TalkState.REPLIED, intent), words)
    return Step(Place(TalkState.REPLIED, intent), f"They replied ({said}).")


def read_again(now: Place, intent: str) -> Step | None:
    """The step where their last reply turns out to say something else; None where it is over.

    What was closed on the first reading is open again; that they asked us to stop is never undone.
    """
    if now.outcome == Outcome.OPTED_OUT or intent in WRITTEN_BY_MACHINES:
        return None
    taken = now.state is TalkState.TAKEN_OVER
    state = TalkState.TAKEN_OVER if taken else TalkState.REPLIED
    return Step(Place(state, intent), f"Read again: {ReplyIntent(intent).label.lower()}.")


def take_over(now: Place, reason: str) -> Step:
    """A person has it from here."""
    return Step(Place(TalkState.TAKEN_OVER, now.intent), reason)


def close(now: Place, outcome: str, reason: str) -> Step:
    """It is over, with this outcome."""
    return Step(Place(TalkState.CLOSED, now.intent, outcome), reason)


def give_back(now: Place, reason: str) -> Step:
    """The desk goes on where a person leaves off: with what they said last, or waiting."""
    state = TalkState.REPLIED if now.intent else TalkState.AWAITING
    return Step(Place(state, now.intent), reason)


def await_reply(now: Place, reason: str) -> Step:
    """We have written, or will go on writing: it is their turn."""
    return Step(Place(TalkState.AWAITING, now.intent), reason)


def is_engaged(intents: Sequence[str]) -> bool:
    """Two questions, or a question and interest: they are in it, whatever the last word says."""
    keen = sum(intent in KEEN for intent in intents)
    return keen >= ENGAGED_AT
