"""The words of a touch: sandboxed templates filled in strictly from what is known of a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from outreach.errors import OutreachError
from outreach.sequences.steps import Variant

# What a template may use. The second half is known of some people only and empty for the rest.
FIELDS = {
    "greeting": "How they are addressed: “Priya”, “Dr. Weber”, “Hudson Air team”.",
    "name": "Their full name; may be empty.",
    "company": "Their company; may be empty.",
    "sender_name": "Who writes.",
    "sender_title": "What they are.",
    "sender_email": "Where an answer reaches them.",
    "step": "The number of this touch.",
    "steps": "How many touches there are.",
}
FACTS = {
    "offer": "What the campaign proposes, in one sentence; it comes from the campaign.",
    "role": "What they do at their company.",
    "city": "Where their company is.",
    "insight": "One sentence research found about them.",
    "topic": "A subject they care about.",
    "market": "The county or area their property is in.",
    "market_context": "One sentence about that market; it comes with the list.",
    "property_address": "The address of their property.",
    "situs_address": "The same, as the county keeps it.",
    "owner_name": "Who owns the property, by full name.",
    "distress_reason": "Why they may want to sell; be tactful.",
    "mutual": "Who or what connects us.",
}
MOST_CHARACTERS = 10_000
SAMPLE = {
    **dict.fromkeys(FACTS, "something known"),
    "greeting": "Priya",
    "name": "Priya Shah",
    "company": "Northwind School",
    "sender_name": "Ella Reed",
    "sender_title": "Executive Assistant",
    "sender_email": "ella@desk.example",
    "step": 1,
    "steps": 5,
}
ENVIRONMENT = SandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a template: `kind` is "" for plain text, "field" or "logic"."""

    text: str
    kind: str = ""


def pieces(text: str) -> list[Piece]:
    """A template cut into plain text, names of fields, and conditions, for people to read."""
    found = []
    for part in re.split(r"({{.*?}}|{%.*?%}\n?)", text, flags=re.DOTALL):
        if part.startswith("{{"):
            found.append(Piece(part[2:-2].strip().replace("_", " "), "field"))
        elif part.startswith("{%"):
            found.append(Piece(part.strip()[2:-2].strip(" -").replace("_", " "), "logic"))
        elif part:
            found.append(Piece(part))
    return found


class WordingError(OutreachError):
    """A template cannot be filled in; the text says why."""


@lru_cache(maxsize=2000)
def _compiled(text: str) -> Template:
    return ENVIRONMENT.from_string(text)


def fill(variant: Variant, values: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body for one person; facts that `values` leaves out count as empty.

    Raises WordingError for a malformed template and for a name that nobody can fill in.
    """
    known = {**dict.fromkeys(FACTS, ""), **values}
    return " ".join(_filled(variant.subject, known).split()), _tidy(_filled(variant.body, known))


def _filled(text: str, values: Mapping[str, Any]) -> str:
    try:
        return _compiled(text).render(values)
    except TemplateError as error:
        raise WordingError(f"The template cannot be filled in: {error}.") from error
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise WordingError(f"The template fails when it is filled in: {error}.") from error


def _tidy(text: str) -> str:
    """No blanks at line ends, no more than one empty line in a row."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines)


def faults(variant: Variant, *, needs_subject: bool, given: Sequence[str] = ()) -> list[str]:
    """What is wrong with a template, found by filling it in for somebody known and somebody not.

    `given` are the facts every enrolled person has.
    """
    found = []
    if len(variant.subject) + len(variant.body) > MOST_CHARACTERS:
        found.append(f"the text is longer than {MOST_CHARACTERS:,} characters")
    unknown = {*FACTS, "name", "company"} - set(given)
    nothing = {**SAMPLE, **dict.fromkeys(unknown, "")}
    for values in (SAMPLE, nothing):
        try:
            subject, body = fill(variant, values)
        except WordingError as error:
            found.append(str(error).rstrip("."))
            break
        if not body:
            found.append("the text is empty")
            break
        if needs_subject and not subject:
            found.append("an e-mail needs a subject")
            break
    return found
