"""Drafts the answers that are wanted; where nothing is known, a person is asked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from compliance import audit
from outreach.answers.by_model import ask_for_answer
from outreach.answers.compose import MOST, WORDINGS, compose
from outreach.answers.match import Known, match
from outreach.answers.questions import questions_in
from outreach.answers.sources import knowledge_for, other_languages, sources_of
from outreach.choices import AnswerLanguage, Channel, MessageKind, MessageStatus
from outreach.conversations.drafts import put_answer
from outreach.drafting.fact_check import check_facts
from outreach.drafting.personal import greet
from outreach.errors import NotAllowedNow
from outreach.inbound.mail import reply_of
from outreach.models import Conversation, Message

ACTOR = "answers"
ENGINE = "knowledge"
BATCH = 50


@dataclass(frozen=True, slots=True)
class Written:
    """A body and who wrote it; `open` are questions it does not answer."""

    body: str
    engine: str
    open: tuple[str, ...] = ()


def draft_wanted(*, limit: int = BATCH) -> int:
    """Work off the questions that wait for the draft of an answer; returns how many."""
    waiting = list(
        Conversation.objects.filter(answer_wanted_at__isnull=False)
        .order_by("answer_wanted_at")
        .values_list("pk", "answer_wanted_at")[:limit]
    )
    for enrollment_id, wanted_at in waiting:
        heard = _asked(enrollment_id)
        if heard is None:
            _settle(enrollment_id, wanted_at)
            continue
        written, why = write_answer(heard)
        with transaction.atomic():
            # Of two workers one settles it; a newer question has another time and stays wanted.
            if _settle(enrollment_id, wanted_at):
                _put(heard, written, why)
    return len(waiting)


def draft_answer(message_id: UUID, *, actor: str) -> Message | None:
    """The draft of an answer to one message now; None where nothing is known, which is noted on it.

    Raises NotAllowedNow for a message in no thread or from a sender nobody is sure of.
    """
    heard = _messages().get(pk=message_id)
    written, why = write_answer(heard)
    with transaction.atomic():
        Conversation.objects.filter(pk=heard.enrollment_id).update(answer_wanted_at=None)
        return _put(heard, written, why, actor=actor)


def write_answer(heard: Message) -> tuple[Written | None, str]:
    """The answer's words, or None and why there are none; the model is asked where there is one."""
    enrollment = heard.enrollment
    if enrollment is None:
        return None, "It fits no thread: attach it to one first."
    questions = questions_in(reply_of(heard).own_text)
    language = _language_of(heard)
    campaign, today = enrollment.campaign, timezone.localdate()
    if language not in WORDINGS:
        return None, f"They ask in a language we keep no answers in ({language}). Please answer."
    knowledge = knowledge_for(campaign, language, on=today)
    by_model = ask_for_answer(enrollment, questions, knowledge, language)
    if by_model is not None:
        answer, model = by_model
        return Written(answer.body, model, tuple(answer.unanswered)), ""
    found = match(questions, knowledge, language)
    answered = [one for one in found if one is not None][:MOST]
    unknown = tuple(q for q, one in zip(questions, found, strict=True) if one is None)
    if not answered:
        return None, _nothing_known(questions, other_languages(campaign, language, on=today))
    body = compose(
        [one.known.answer for one in answered],
        language=language,
        name=greet(enrollment.contact, None) if enrollment.contact.name else "",
        sender=campaign.mailbox.from_name,
        mail=heard.channel == Channel.EMAIL,
        partly=bool(unknown),
    )
    return Written(body, ENGINE, unknown), ""


def _language_of(heard: Message) -> str:
    reading = getattr(heard, "reading", None)
    return (reading.language if reading else "")[:2] or "en"


def _nothing_known(questions: list[str], elsewhere: set[str]) -> str:
    asked = f"“{questions[0][:200]}”" if questions else "their question"
    words = f"No answer is known to {asked}. Answer it, and add it to the knowledge base."
    if elsewhere:
        names = ", ".join(sorted(str(AnswerLanguage(code).label) for code in elsewhere))
        words += f" Something may be known in {names}."
    return words


def _put(
    heard: Message, written: Written | None, why: str, *, actor: str = ACTOR
) -> Message | None:
    if written is not None:
        try:
            return _draft(heard, written, actor)
        except NotAllowedNow as error:
            why = str(error)
    Message.objects.filter(pk=heard.pk).update(
        status=MessageStatus.NEEDS_ATTENTION, reason=why[:1000]
    )
    # The words stand on the message alone, where they can be erased.
    audit.append("answer.unknown", heard, actor=actor, campaign_id=heard.campaign_id)
    return None


def _draft(heard: Message, written: Written, actor: str) -> Message:
    assert heard.enrollment is not None
    knowledge = _all_known(heard)
    marks = check_facts("", written.body, sources_of(heard.enrollment, knowledge))
    left = "; ".join(f"“{question[:120]}”" for question in written.open)
    return put_answer(
        heard, written.body, actor=actor, engine=written.engine,
        reason=f"Nothing is known about {left}: complete it." if left else "",
        flagged=bool(marks or left), fact_marks=[mark.as_data() for mark in marks],
    )  # fmt: skip


def _all_known(heard: Message) -> list[Known]:
    assert heard.enrollment is not None
    return knowledge_for(heard.enrollment.campaign, _language_of(heard), on=timezone.localdate())


def _asked(enrollment_id: UUID) -> Message | None:
    replies = _messages().filter(enrollment=enrollment_id, kind=MessageKind.REPLY)
    return replies.order_by("-received_at").first()


def _messages() -> QuerySet[Message]:
    return Message.objects.select_related(
        "enrollment__contact", "enrollment__company", "enrollment__campaign__mailbox",
        "enrollment__campaign__request__category", "reading",
    )  # fmt: skip


def _settle(enrollment_id: UUID, wanted_at: datetime | None) -> int:
    return Conversation.objects.filter(pk=enrollment_id, answer_wanted_at=wanted_at).update(
        answer_wanted_at=None
    )
