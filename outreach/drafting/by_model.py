"""Asks the model for a draft, and takes it only when it is complete and clean."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection
from pydantic import BaseModel, Field

from crm.categories.wording import Fact
from outreach.ai.client import ask, configured
from outreach.ai.prompts import render
from outreach.drafting.leftovers import find_leftovers

TASKS = {
    False: "Ask for availability and a price.",
    True: "Remind them kindly of a request they have not answered.",
}


class WrittenDraft(BaseModel):
    """What the model answers with."""

    subject: str = Field(min_length=3, max_length=200)
    body: str = Field(min_length=40, max_length=6000)


@dataclass(frozen=True, slots=True)
class ModelDraft:
    """A draft the model wrote that may be shown; `engine` names the model."""

    subject: str
    body: str
    engine: str


def ask_for_draft(
    values: dict[str, Any],
    category: str,
    *,
    campaign_id: uuid.UUID | None,
    contact_id: uuid.UUID | None,
) -> ModelDraft | None:
    """The model's draft, or None where there is no model or its draft lacks facts or is unclean."""
    if not configured() or connection.in_atomic_block:
        return None
    follows = bool(values["number"])
    prompt = render(
        "draft_outreach", **values, category=category, task=TASKS[follows], follows=follows
    )
    answer = ask(
        "draft_outreach", prompt, WrittenDraft, campaign_id=campaign_id, contact_id=contact_id
    )
    if answer is None:
        return None
    subject = " ".join(answer.value.subject.split())
    body = answer.value.body.strip()
    signed = values["sender"]["name"] in body
    whole = f"{subject}\n{body}"
    complete = all(mentions(whole, fact) for fact in values["facts"])
    if find_leftovers(subject, body) or not signed or not complete:
        return None
    return ModelDraft(subject, body, answer.model[:40])


def mentions(text: str, fact: Fact) -> bool:
    """Whether a text carries a fact: its words, or all its telling parts (numbers, names)."""
    lower = text.lower()
    if fact.text.lower() in lower or fact.text in {"yes", "no"}:
        return fact.text not in {"yes", "no"} or fact.label.lower() in lower
    words = re.findall(r"[^\W_]+", fact.text.lower())
    weekdays = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    telling = [w for w in words if w not in weekdays and not re.fullmatch(r"20\d\d", w)]
    return all(re.search(rf"\b{re.escape(word)}\b", lower) for word in telling)
