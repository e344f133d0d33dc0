"""What is done about a reply: the first rule that fits, within bounds no rule may cross. Pure.

A rule may do more than these bounds ask, never less: who wants us to stop is written no draft, an
angry person reaches a person of ours, and what is not sure is looked at.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from compliance.optout import Verdict
from outreach.choices import ReplyAction, ReplyIntent, TalkState
from outreach.conversations.case import ReplyReading
from outreach.conversations.states import WRITTEN_BY_MACHINES

A = ReplyAction
Actions = list[str]
SURE = 0.5
# Words of ours, or a later touch: never for who asked us to stop.
WRITES = frozenset({A.DRAFT_ANSWER, A.THANK, A.RESUME, A.REMIND, A.PROPOSE_CONTACT})
# What is hard to take back waits for a person where the reading is not sure.
FINAL = frozenset({A.CLOSE_COLD, A.MARK_WRONG, A.RESUME, A.THANK})
# What a sender we do not know may set off.
FOR_STRANGERS = frozenset({A.OPT_OUT, A.TELL_ADMIN, A.ESCALATE, A.TELL_OWNER, A.ASK_PERSON})
# The desk's own steps, which it leaves to a person who has taken over.
OURS = frozenset({A.DRAFT_ANSWER, A.THANK, A.RESUME, A.REMIND, A.CLOSE_COLD, A.MARK_WRONG})
# What would take a conversation from the person it is handed to.
ENDS = frozenset({A.CLOSE_COLD, A.MARK_WRONG, A.RESUME, A.REMIND})


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what must be so ("" and None: anything), and what is done then."""

    name: str
    actions: tuple[str, ...]
    intent: str = ""
    sentiment_over: float | None = None
    sentiment_under: float | None = None
    channel: str = ""
    campaign_kind: str = ""
    engaged: bool | None = None

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "actions": list(self.actions)}


def rule_from(data: dict[str, Any]) -> Rule:
    """The rule as `as_data` wrote it."""
    return Rule(**{**data, "actions": tuple(data["actions"])})


@dataclass(frozen=True, slots=True)
class Said:
    """What the decision looks at in a reading."""

    intent: str
    score: float
    verdict: str = Verdict.NONE.value
    escalate: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the conversation stood; `trusted` is false for a sender we do not know, `late` true
    for a reply worked off after one that came later, `touched` for one that is read anew after
    somebody dealt with its conversation."""

    state: str = TalkState.REPLIED.value
    channel: str = "email"
    campaign_kind: str = "sequence"
    engaged: bool = False
    trusted: bool = True
    late: bool = False
    touched: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """`actions` in the order they are done, the rule that chose them, and what bounds added."""

    rule: str
    actions: tuple[str, ...]
    bounds: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        return " ".join([f"Rule “{self.rule}”." if self.rule else "No rule fits.", *self.bounds])


def said_of(reading: ReplyReading) -> Said:
    """The part of a fresh reading a decision looks at."""
    return Said(
        reading.intent.value, reading.score, reading.opt_out_verdict.value, reading.escalate,
        reading.confidence,
    )  # fmt: skip


def decide(said: Said, standing: Standing, rules: Sequence[Rule]) -> Decision:
    """The decision for one reply; no action at all for what a machine wrote."""
    if said.intent in WRITTEN_BY_MACHINES:
        return Decision("", (), ("A machine wrote it.",))
    chosen = next((rule for rule in rules if fits(rule, said, standing)), None)
    actions: Actions = list(chosen.actions) if chosen else [A.ASK_PERSON]
    bounds: list[str] = []
    for bound in (_stop, _unsure, _angry, _stranger, _late, _taken_over, _handed_over):
        actions, why = bound(actions, said, standing)
        if why:
            bounds.append(why)
    ordered = [action.value for action in A if action in actions]
    return Decision(chosen.name if chosen else "", tuple(ordered), tuple(bounds))


def fits(rule: Rule, said: Said, standing: Standing) -> bool:
    """Whether every condition of the rule holds."""
    wanted = (
        (rule.intent, said.intent),
        (rule.channel, standing.channel),
        (rule.campaign_kind, standing.campaign_kind),
    )
    return (
        all(not condition or condition == value for condition, value in wanted)
        and (rule.sentiment_over is None or said.score > rule.sentiment_over)
        and (rule.sentiment_under is None or said.score < rule.sentiment_under)
        and (rule.engaged is None or rule.engaged == standing.engaged)
    )


def _stop(actions: Actions, said: Said, _standing: Standing) -> tuple[Actions, str]:
    if said.verdict == Verdict.CLEAR:
        kept = [action for action in actions if action not in WRITES]
        return [A.OPT_OUT, *kept], "They asked us to stop." if len(kept) < len(actions) else ""
    if said.verdict == Verdict.AMBIGUOUS or said.intent == ReplyIntent.OPT_OUT:
        kept = [action for action in actions if action not in WRITES]
        return [A.ASK_PERSON, *kept], "They may want us to stop."
    return actions, ""


def _unsure(actions: Actions, said: Said, _standing: Standing) -> tuple[Actions, str]:
    if said.confidence >= SURE or A.LEAVE in actions:
        return actions, ""
    kept = [action for action in actions if action not in FINAL]
    return [A.ASK_PERSON, *kept], "What they want is not sure."


def _angry(actions: Actions, said: Said, _standing: Standing) -> tuple[Actions, str]:
    if not said.escalate or said.score >= 0 or A.ESCALATE in actions:
        return actions, ""
    return [A.ESCALATE, *actions], "They are angry."


def _stranger(actions: Actions, _said: Said, standing: Standing) -> tuple[Actions, str]:
    if standing.trusted:
        return actions, ""
    kept = [action for action in actions if action in FOR_STRANGERS]
    return [A.ASK_PERSON, *kept], "It is not sure who wrote it."


def _taken_over(actions: Actions, _said: Said, standing: Standing) -> tuple[Actions, str]:
    if standing.state != TalkState.TAKEN_OVER:
        return actions, ""
    kept = [action for action in actions if action not in OURS]
    told: Actions = [] if A.ESCALATE in kept else [A.TELL_OWNER]
    return [*told, *kept], "A person has it already."


def _late(actions: Actions, _said: Said, standing: Standing) -> tuple[Actions, str]:
    if not (standing.late or standing.touched):
        return actions, ""
    kept = [action for action in actions if action in FOR_STRANGERS | {A.STOP_PERSON}]
    if standing.state == TalkState.CLOSED:
        kept = [action for action in kept if action != A.ESCALATE]
    late = "They have written again since."
    return kept, late if standing.late else "Somebody has dealt with it since."


def _handed_over(actions: Actions, _said: Said, _standing: Standing) -> tuple[Actions, str]:
    if A.ESCALATE not in actions:
        return actions, ""
    return [action for action in actions if action not in ENDS], ""
