"""Asks the model for an answer, and takes it only when it rests on what was given."""

from django.db import connection
from pydantic import BaseModel, Field

from outreach.ai.client import ask, configured
from outreach.ai.prompts import render
from outreach.answers.match import Known
from outreach.drafting.leftovers import find_leftovers
from outreach.models import Enrollment

MOST_KNOWN = 40


class WrittenAnswer(BaseModel):
    """What the model answers with; `unanswered` are questions nothing given answers."""

    body: str = Field(max_length=3000)
    used: list[int] = Field(default_factory=list, description="numbers of the entries used")
    unanswered: list[str] = Field(default_factory=list)


def ask_for_answer(
    enrollment: Enrollment, questions: list[str], knowledge: list[Known], language: str
) -> tuple[WrittenAnswer, str] | None:
    """The model's answer and its name; None without a model or where it used nothing given."""
    if not configured() or connection.in_atomic_block or not knowledge:
        return None
    given = knowledge[:MOST_KNOWN]
    prompt = render(
        "answer_question",
        questions="\n".join(questions),
        entries=[{"asked": known.phrasings[0], "answer": known.answer} for known in given],
        language=language,
        person=enrollment.contact.name,
        sender=enrollment.campaign.mailbox.from_name,
    )
    answer = ask(
        "answer_question", prompt, WrittenAnswer,
        campaign_id=enrollment.campaign_id, contact_id=enrollment.contact_id,
    )  # fmt: skip
    if answer is None:
        return None
    written = answer.value
    honest = written.used and all(1 <= number <= len(given) for number in written.used)
    if not honest or find_leftovers("", written.body, needs_subject=False):
        return None
    return written, answer.model
