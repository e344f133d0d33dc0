"""What an answer must look like, and whether a text is one: pure, no network, no database."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)


class AnswerError(Exception):
    """The model's text is not an answer; says what is wrong, in words it can be told."""


def response_format(schema: type[BaseModel]) -> dict[str, Any]:
    """The `response_format` of a chat completion that asks for this schema.

    `strict` (the provider then enforces the schema) only where the schema has closed objects
    throughout: providers refuse strict schemas with free-form keys.
    """
    json_schema = schema.model_json_schema()
    closed = _close(json_schema)
    return {
        "type": "json_schema",
        "json_schema": {"name": schema.__name__[:64], "schema": json_schema, "strict": closed},
    }


def _close(node: Any) -> bool:
    """Require every property and forbid others, in place; False where free keys remain."""
    if isinstance(node, list):
        closings = [_close(item) for item in node]  # all of them: `all` alone would stop early
        return all(closings)
    if not isinstance(node, dict):
        return True
    closed = True
    if "properties" in node:
        node["required"] = list(node["properties"])
        node["additionalProperties"] = False
        for part in node["properties"].values():
            part.pop("default", None)
            closed = _close(part) and closed
    elif node.get("type") == "object":
        closed = False
    for key in ("$defs", "items", "anyOf", "allOf", "prefixItems"):
        part = node.get(key)
        closed = _close(list(part.values()) if key == "$defs" and part else part) and closed
    return closed


def instructions(schema: type[BaseModel]) -> str:
    """The same demand in words, for servers that do not know `response_format`."""
    shape = json.dumps(schema.model_json_schema(), ensure_ascii=False)
    return f"Answer with one JSON object and nothing else. It must fit this JSON schema:\n{shape}"


def read_answer(text: str, schema: type[T]) -> T:
    """The validated answer in a model's text; raises AnswerError.

    Tolerates what small models put around their JSON (a code fence, a leading sentence), nothing
    inside it.
    """
    text = text.encode("utf-8", "replace").decode()  # lone surrogates
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise AnswerError("The answer holds no JSON object.")
    try:
        answer = schema.model_validate_json(text[start : end + 1])
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in item['loc']) or 'answer'}: {item['msg']}"
            for item in error.errors(include_url=False, include_input=False)[:5]
        )
        raise AnswerError(f"The answer does not fit its schema: {problems}"[:800]) from error
    if "\\u0000" in answer.model_dump_json():  # PostgreSQL stores no NUL
        raise AnswerError("The answer holds a NUL character.")
    return answer
