"""A model server on loopback that answers as the test tells it to, in the OpenAI wire format."""

import json
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

PATH = "/v1/chat/completions"


class ModelServer:
    """Answers queue up; the last one repeats. `asked` holds the requests' JSON bodies."""

    def __init__(self, server: HTTPServer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self._replies: list[Any] = []
        server.expect_request(PATH, method="POST").respond_with_handler(self._handle)

    def says(self, content: Any, **extra: Any) -> None:
        """Queue a completion; anything but a string is sent as JSON."""
        text = content if isinstance(content, str) else json.dumps(content)
        message = {"role": "assistant", "content": text, "refusal": extra.get("refusal")}
        self._replies.append(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 0,
                "model": extra.get("model", "gpt-4o-mini-2024-07-18"),
                "choices": [
                    {"index": 0, "message": message, "finish_reason": extra.get("finish", "stop")}
                ],
                "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
            }
        )

    def sends(self, response: Any) -> None:
        """Queue a raw response, or a function from request to response."""
        self._replies.append(response)

    def _handle(self, request: Request) -> Response:
        self.asked.append(json.loads(request.get_data()))
        self.headers.append(dict(request.headers))
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if callable(reply) and not isinstance(reply, Response):
            reply = reply(request)
        if isinstance(reply, Response):
            return reply
        return Response(json.dumps(reply), mimetype="application/json")


@pytest.fixture
def model_server(httpserver: HTTPServer, settings: Any) -> ModelServer:
    settings.AI_BASE_URL = httpserver.url_for("/v1")
    settings.AI_MODEL = "gpt-4o-mini"
    settings.AI_API_KEY = "sk-test"
    settings.AI_TIMEOUT_SECONDS = 10.0
    settings.AI_DAILY_BUDGET_USD = 1.0
    return ModelServer(httpserver)
