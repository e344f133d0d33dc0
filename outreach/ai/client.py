"""Asks a model one question and takes only an answer that keeps to its schema."""

import time
import uuid
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog
from django.conf import settings
from django.db import connection
from pydantic import BaseModel

from outreach.ai import breaker, costs
from outreach.ai.answers import AnswerError, instructions, read_answer, response_format
from outreach.ai.exchange import Reply, ServerError, exchange
from outreach.ai.prompts import RenderedPrompt
from outreach.models import AiRun

log = structlog.get_logger(__name__)
T = TypeVar("T", bound=BaseModel)
ASKS = 2  # the question, and once more where the answer was invalid


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A validated answer, and the run it came from."""

    value: T
    run_id: uuid.UUID
    model: str
    prompt_version: str


@dataclass(frozen=True, slots=True)
class _Asking:
    """What every row of one `ask` has in common."""

    purpose: str
    prompt: RenderedPrompt
    campaign_id: uuid.UUID | None
    contact_id: uuid.UUID | None
    trace_id: str


def configured() -> bool:
    """Whether a model is set up at all."""
    return bool(settings.AI_MODEL and (settings.AI_BASE_URL or settings.AI_API_KEY))


def ask(
    purpose: str,
    prompt: RenderedPrompt,
    schema: type[T],
    *,
    campaign_id: uuid.UUID | None = None,
    contact_id: uuid.UUID | None = None,
) -> Answer[T] | None:
    """The model's answer as `schema`, or None; never raises for trouble with the model.

    None when no model is configured, it is down (then it is left alone for a minute), too slow,
    refuses, today's budget is used up, or its answer is invalid twice: the caller then goes on by
    rules. Every exchange leaves an AiRun row. Takes up to AI_TIMEOUT_SECONDS and must not be called
    inside a transaction (RuntimeError).
    """
    _refuse_inside_transaction()
    if not configured():
        return None
    asking = _Asking(purpose, prompt, campaign_id, contact_id, uuid.uuid4().hex)
    if not costs.budget_left():
        _record(asking, error=f"Today's budget of ${settings.AI_DAILY_BUDGET_USD:g} is used up.")
        return None
    if breaker.tripped():
        _record(asking, error="Not asked: it gave no reply several times in the last minute.")
        return None
    return _converse(asking, schema)


def disown(answer: Answer[Any], *, why: str) -> None:
    """Note on its run that an answer kept to the schema and could not be used all the same."""
    AiRun.objects.filter(pk=answer.run_id).update(valid=False, error=_storable(why))


def _converse(asking: _Asking, schema: type[T]) -> Answer[T] | None:
    deadline = time.monotonic() + settings.AI_TIMEOUT_SECONDS
    messages = [
        {"role": "system", "content": asking.prompt.system},
        {"role": "user", "content": asking.prompt.user},
    ]
    form: dict[str, Any] | None = response_format(schema)
    for _ in range(ASKS):
        started = time.monotonic()
        try:
            reply = exchange(messages, form, deadline=deadline, trace_id=asking.trace_id)
        except ServerError as trouble:
            _record(asking, error=str(trouble), started=started)
            if not trouble.unsupported:
                breaker.record_trouble()
                return None
            # A server that does not know the format is told the schema in words instead.
            form = None
            messages[0]["content"] += f"\n\n{instructions(schema)}"
            continue
        breaker.record_reply()
        try:
            if reply.problem:
                raise AnswerError(reply.problem)
            value = read_answer(reply.text, schema)
        except AnswerError as problem:
            _record(asking, error=str(problem), reply=reply, started=started)
            messages += [
                {"role": "assistant", "content": reply.text},
                {"role": "user", "content": f"{problem} Answer again, as the schema demands."},
            ]
            continue
        run = _record(asking, reply=reply, started=started)
        return Answer(value, run.pk, reply.model, asking.prompt.version)
    return None


def _record(
    asking: _Asking, *, error: str = "", reply: Reply | None = None, started: float | None = None
) -> AiRun:
    run = AiRun(
        purpose=asking.purpose[:40],
        campaign_id=asking.campaign_id,
        contact_id=asking.contact_id,
        prompt_name=asking.prompt.name[:60],
        prompt_version=asking.prompt.version[:40],
        model=_storable(reply.model if reply else settings.AI_MODEL)[:80],
        latency_ms=int((time.monotonic() - started) * 1000) if started else 0,
        valid=reply is not None and not error,
        error=_storable(error),
        trace_id=asking.trace_id,
    )
    if reply:
        run.input_tokens, run.output_tokens = reply.input_tokens, reply.output_tokens
        run.cost_usd = costs.price(
            settings.AI_MODEL,
            reply.input_tokens,
            reply.output_tokens,
            base_url=settings.AI_BASE_URL,
        )
    run.save(force_insert=True)
    log.info("model_asked", purpose=run.purpose, trace_id=run.trace_id, error=run.error)
    return run


def _storable(words: str) -> str:
    """The server's words without what PostgreSQL refuses: NUL and lone surrogates."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode()


def _refuse_inside_transaction() -> None:
    """A slow model must not hold locks. Django's test cases wrap everything; theirs don't count."""
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("A model must not be asked inside a transaction: it may take long.")
