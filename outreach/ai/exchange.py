"""One question to the model's server and its reply, within a time limit whatever happens."""

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import stamina
from django.conf import settings

if TYPE_CHECKING:
    import openai

TRIES = 3
LONGEST_REPLY = 1_000_000  # bytes; an answer is a few kilobytes


class ServerError(Exception):
    """The server gave no usable reply; the text says why. `unsupported`: it refused the format."""

    def __init__(self, message: str, *, unsupported: bool = False) -> None:
        super().__init__(message)
        self.unsupported = unsupported


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `problem` is set where the model declined or was cut off."""

    text: str
    model: str
    input_tokens: int
    output_tokens: int
    problem: str = ""


def exchange(
    messages: list[dict[str, str]],
    response_format: dict[str, Any] | None,
    *,
    deadline: float,
    trace_id: str,
) -> Reply:
    """Send the messages, retrying passing trouble until `deadline` (monotonic); ServerError."""
    import openai  # 1.7 s to import, only when a model is asked

    try:
        for attempt in stamina.retry_context(
            on=_passing,
            attempts=TRIES,
            timeout=max(0.1, deadline - time.monotonic()),
            wait_initial=0.2,
            wait_max=2.0,
            wait_jitter=0.2,
        ):
            with attempt:
                return _read_reply(_post(messages, response_format, deadline, trace_id))
    except openai.APITimeoutError as error:
        raise ServerError(f"No answer within {settings.AI_TIMEOUT_SECONDS:g} s.") from error
    except openai.APIStatusError as error:
        unsupported = error.status_code in (400, 422) and response_format is not None
        words = f"The server answered {error.status_code}: {error.message}"
        raise ServerError(words[:500], unsupported=unsupported) from error
    except openai.OpenAIError as error:
        raise ServerError(f"The server cannot be reached: {error}"[:500]) from error
    raise AssertionError("retry_context either returns or raises")  # pragma: no cover


def _passing(error: Exception) -> bool:
    """Whether trying again may help: the line broke, too many requests, the server stumbled."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return False  # it had all the time there was
    passing = (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError)
    return isinstance(error, passing)


def _post(
    messages: list[dict[str, str]],
    response_format: dict[str, Any] | None,
    deadline: float,
    trace_id: str,
) -> bytes:
    """The raw reply. Read in pieces, so that neither a dripping nor an endless one holds us up."""
    import httpx2
    import openai

    left = deadline - time.monotonic()
    request = httpx2.Request("POST", settings.AI_BASE_URL or "https://api.openai.com/v1")
    if left <= 0:
        raise openai.APITimeoutError(request=request)
    form: Any = response_format if response_format else openai.omit
    body = bytearray()
    client = _client(settings.AI_BASE_URL, settings.AI_API_KEY)
    try:
        with client.chat.completions.with_streaming_response.create(
            model=settings.AI_MODEL,
            messages=messages,  # type: ignore[arg-type]
            response_format=form,
            timeout=left,
            extra_headers={"X-Client-Request-Id": trace_id},
        ) as response:
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > deadline:
                    raise openai.APITimeoutError(request=request)
                if len(body) > LONGEST_REPLY:
                    raise ServerError(f"The reply is longer than {LONGEST_REPLY} bytes.")
    except httpx2.TimeoutException as error:
        raise openai.APITimeoutError(request=request) from error
    except httpx2.HTTPError as error:
        raise openai.APIConnectionError(request=request, message=str(error)) from error
    return bytes(body)


@cache
def _client(base_url: str, api_key: str) -> "openai.OpenAI":
    import openai

    # Local servers want no key, the client insists on one. Retries are ours, within the deadline.
    return openai.OpenAI(base_url=base_url or None, api_key=api_key or "none", max_retries=0)


def _read_reply(body: bytes) -> Reply:
    try:
        data = json.loads(body)
        choice = data["choices"][0]
        message = choice["message"]
        usage = data.get("usage") or {}
        reply = Reply(
            text=str(message.get("content") or ""),
            model=str(data.get("model") or settings.AI_MODEL),
            input_tokens=_count(usage.get("prompt_tokens")),
            output_tokens=_count(usage.get("completion_tokens")),
            problem=_problem(message.get("refusal"), choice.get("finish_reason")),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ServerError("The reply is not a chat completion.") from error
    return reply


def _count(tokens: Any) -> int:
    return min(max(int(tokens or 0), 0), 2_000_000_000)


def _problem(refusal: Any, finish_reason: Any) -> str:
    if refusal:
        return f"The model declined: {str(refusal)[:300]}"
    if finish_reason == "length":
        return "The answer was cut off."
    if finish_reason == "content_filter":
        return "The server's content filter withheld the answer."
    return ""
