"""A model's opinion on a reply, weighed against the rules': it helps where they doubt.

The order: headers and forms, the wish to be left alone, the rules, then the model. A model never
undoes a wish to stop, never quiets an alarm, and is not heard where the mail speaks to machines.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from compliance.optout import Verdict
from outreach.ai.client import ask, configured, disown
from outreach.ai.prompts import render
from outreach.conversations.case import MACHINES, Intent, ReplyCase, ReplyReading
from outreach.conversations.classify import classify, read_as
from outreach.conversations.own_text import own_text
from outreach.conversations.plain import plain
from outreach.conversations.scoring import TO_A_MACHINE

RULES = "rules"
SURE = 0.75
BOTH_AGREE = 0.9
ONLY_THE_MODEL = 0.6
THEY_DIFFER = 0.45  # below a half: a person looks


class ModelReply(BaseModel):
    """What the model answers with; any other label is no answer at all."""

    intent: Literal[
        "interested", "question", "not_interested", "deferral", "referral", "wrong_person",
        "opt_out", "complaint", "out_of_office", "auto_reply", "bounce", "unknown",
    ]  # fmt: skip
    words: str = Field(max_length=500)


@dataclass(frozen=True, slots=True)
class Opinion:
    """An intent, and where in the reply's own words it stands: [start, end)."""

    intent: Intent
    start: int
    end: int


def understand(case: ReplyCase) -> tuple[ReplyReading, str]:
    """The reading and the engines it rests on; not inside a transaction, a model may be asked."""
    by_rules = classify(case)
    return ask_about(case, by_rules) or (by_rules, RULES)


def ask_about(
    case: ReplyCase,
    by_rules: ReplyReading,
    *,
    campaign_id: UUID | None = None,
    contact_id: UUID | None = None,
) -> tuple[ReplyReading, str] | None:
    """What the rules read, weighed against a model's answer, and the engines' names.

    None where no model may be asked, is set up, or says anything usable: the rules' reading stands,
    and the AiRun row says why. Not inside a transaction.
    """
    if not configured() or not is_open(case, by_rules):
        return None
    own = own_text(case.text).text
    prompt = render("read_reply", context=case.context, subject=case.subject, reply=own.strip())
    answer = ask("read_reply", prompt, ModelReply, campaign_id=campaign_id, contact_id=contact_id)
    if answer is None:
        return None
    opinion = find_opinion(answer.value, own)
    if opinion is None:
        disown(answer, why="The words it rests on do not stand in the reply.")
        return None
    return agree(case, by_rules, opinion), f"{RULES} and {answer.model}"[:80]


def is_open(case: ReplyCase, reading: ReplyReading) -> bool:
    """Whether a model may be asked: not about machines' mail, wishes to stop, or mail to machines."""
    own = plain(own_text(case.text).text).text
    return (
        reading.intent not in MACHINES
        and reading.opt_out_verdict is not Verdict.CLEAR
        and bool(own.strip())
        and not TO_A_MACHINE.search(own)
    )


def find_opinion(said: ModelReply, own: str) -> Opinion | None:
    """The model's answer, if its words really stand in the person's own."""
    pieces = [re.escape(piece) for piece in said.words.split()]
    match = re.search(r"\s+".join(pieces), own, re.IGNORECASE) if pieces else None
    return Opinion(Intent(said.intent), match.start(), match.end()) if match else None


def agree(case: ReplyCase, rules: ReplyReading, model: Opinion) -> ReplyReading:
    """One reading out of two: agreement makes sure, difference makes a person look."""
    if model.intent is rules.intent:
        return replace(rules, confidence=max(rules.confidence, BOTH_AGREE))
    if model.intent is Intent.OPT_OUT:
        # Only words that ask to stop can be obeyed; a model's word holds until a person looked.
        return _held(case, rules, model)
    if model.intent is Intent.UNKNOWN or model.intent in MACHINES:
        return replace(rules, confidence=min(rules.confidence, THEY_DIFFER))
    if rules.confidence >= SURE:
        return replace(rules, confidence=THEY_DIFFER, escalate=rules.escalate or _hot(model))
    reading = read_as(case, model.intent, ONLY_THE_MODEL, (model.start, model.end))
    # What the rules held or alarmed about stands: the same words may be read anew, not undone.
    wish = {"opt_out": rules.evidence["opt_out"]} if "opt_out" in rules.evidence else {}
    return replace(
        reading, escalate=reading.escalate or rules.escalate, opt_out=rules.opt_out,
        opt_out_verdict=rules.opt_out_verdict, evidence={**reading.evidence, **wish},
    )  # fmt: skip


def _held(case: ReplyCase, rules: ReplyReading, model: Opinion) -> ReplyReading:
    words = read_as(case, model.intent, THEY_DIFFER, (model.start, model.end)).evidence["intent"]
    return replace(
        rules,
        opt_out_verdict=Verdict.AMBIGUOUS,
        confidence=min(rules.confidence, THEY_DIFFER),
        evidence={**rules.evidence, "opt_out": words},
    )


def _hot(model: Opinion) -> bool:
    return model.intent in {Intent.INTERESTED, Intent.COMPLAINT}
