"""Reads a sequence from TOML or JSON, and says in plain sentences what is wrong with one."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crm.faults import in_words
from outreach.choices import Channel
from outreach.errors import OutreachError
from outreach.sequences import wording
from outreach.sequences.steps import EVERY_DAY, Condition, Delay, Needs, Step, Variant

ReplyStops = Literal["person", "company", "property"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_STEPS, LONGEST_DELAY = 30, 365
REPLY_STOPS: dict[ReplyStops, str] = {
    "person": "only the person who replied",
    "company": "everybody at the same company",
    "property": "everybody written to about the same property",
}


class DefinitionError(OutreachError):
    """A sequence nobody can run; `problems` lists every fault as a sentence."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Definition:
    """What a version of a sequence says. `reply_stops`: whom a reply ends, see `REPLY_STOPS`."""

    steps: tuple[Step, ...]
    reply_stops: ReplyStops = "person"
    needs_facts: tuple[str, ...] = ()

    @property
    def channels(self) -> frozenset[str]:
        return frozenset(step.channel for step in self.steps)

    @property
    def days(self) -> int:
        """How long it takes at least, in days; business days counted as they come."""
        return sum(step.delay.days for step in self.steps)


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class _OnlyIf(_Shape):
    was: Needs
    step: int | None = None


class _Variant(_Shape):
    name: str = Field(min_length=1, max_length=20)
    weight: int = Field(1, ge=0, le=1000)
    subject: str = ""
    body: str


class _Step(_Shape):
    name: str = Field("", max_length=80)
    channel: str
    after_days: int | None = None
    after_business_days: int | None = None
    at: str | None = None
    weekdays: list[str] = Field(default_factory=list)
    only_if: Needs | _OnlyIf = Needs.NOTHING
    subject: str = ""
    body: str = ""
    variants: list[_Variant] = Field(default_factory=list)


class _Sequence(_Shape):
    reply_stops: ReplyStops = "person"
    needs_facts: list[str] = Field(default_factory=list)
    steps: list[_Step] = Field(default_factory=list)


def read_text(text: str) -> dict[str, Any]:
    """A definition written as JSON (it begins with a brace) or TOML; raises DefinitionError."""
    try:
        data = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise DefinitionError([f"This is neither TOML nor JSON: {error}."]) from error
    return dict(data)


def parse(data: Mapping[str, Any], *, try_words: bool = True) -> Definition:
    """The definition as values; raises DefinitionError with every fault found.

    What was stored was tried when it was written: its words need not be tried again.
    """
    if not _storable(data):
        raise DefinitionError(["It holds characters that cannot be stored: NUL or half of a pair."])
    try:
        shape = _Sequence.model_validate(dict(data))
    except ValidationError as error:
        raise DefinitionError([_sentence(one) for one in error.errors()]) from error
    problems: list[str] = []
    if not shape.steps:
        problems.append("The sequence has no steps; give it at least one.")
    if len(shape.steps) > MOST_STEPS:
        problems.append(f"{len(shape.steps)} steps are too many; {MOST_STEPS} is the most.")
    unknown = sorted(set(shape.needs_facts) - wording.FACTS.keys())
    if unknown:
        problems.append(f"Nothing is known as {_named(unknown)}; {_offer(wording.FACTS)}.")
    steps = [
        _step(number, step, shape.needs_facts if try_words else None, problems)
        for number, step in enumerate(shape.steps, start=1)
    ]
    if problems:
        raise DefinitionError(problems)
    return Definition(tuple(steps), shape.reply_stops, tuple(shape.needs_facts))


def as_data(definition: Definition) -> dict[str, Any]:
    """The definition in the one form it is stored in: the same steps give the same data."""
    return {
        "reply_stops": definition.reply_stops,
        "needs_facts": list(definition.needs_facts),
        "steps": [_as_data(step) for step in definition.steps],
    }


def _as_data(step: Step) -> dict[str, Any]:
    delay = "after_business_days" if step.delay.business else "after_days"
    condition = step.condition
    data: dict[str, Any] = {"name": step.name, "channel": step.channel, delay: step.delay.days}
    if step.at:
        data["at"] = f"{step.at:%H:%M}"
    if step.weekdays != EVERY_DAY:
        data["weekdays"] = [WEEKDAYS[day] for day in sorted(step.weekdays)]
    if condition.needs is not Needs.NOTHING:
        about = {"step": condition.step} if condition.step else {}
        data["only_if"] = {"was": condition.needs.value, **about}
    data["variants"] = [
        {"name": v.name, "weight": v.weight, "subject": v.subject, "body": v.body}
        for v in step.variants
    ]
    return data


def _step(number: int, shape: _Step, given: list[str] | None, problems: list[str]) -> Step:
    """One step; what is wrong with it is added to `problems`."""

    def fault(text: str) -> None:
        problems.append(f"Step {number}: {text}.")

    if shape.channel not in Channel.values:
        fault(f"“{shape.channel}” is no channel; {_offer(Channel.values)}")
    variants = _variants(shape, given, fault)
    return Step(
        number,
        shape.channel,
        _delay(number, shape, fault),
        _hour(shape.at, fault),
        _weekdays(shape.weekdays, fault),
        _condition(number, shape.only_if, fault),
        variants,
        shape.name,
    )


def _delay(number: int, shape: _Step, fault: Any) -> Delay:
    if shape.after_days is not None and shape.after_business_days is not None:
        fault("it has a delay in days and one in business days; give one of them")
    business = shape.after_business_days is not None
    days = shape.after_business_days if business else shape.after_days
    if days is None:
        if number > 1:
            fault("it says not how many days after the step before it comes")
        return Delay()
    if days < 0:
        fault(f"a delay of {days} days lies before the step before it; 1 is the least")
    elif days == 0 and number > 1:
        fault("no delay would put two touches on one day; 1 is the least")
    elif days > LONGEST_DELAY:
        fault(f"a delay of {days} days is too long; {LONGEST_DELAY} is the most")
    return Delay(days, business)


def _hour(text: str | None, fault: Any) -> time | None:
    if text is None:
        return None
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        fault(f"“{text}” is no time of day; write it as 09:00")
        return None


def _weekdays(names: list[str], fault: Any) -> frozenset[int]:
    if not names:
        return EVERY_DAY
    unknown = [name for name in names if name.lower()[:3] not in WEEKDAYS]
    if unknown:
        fault(f"{_named(unknown)} is no weekday; {_offer(WEEKDAYS)}")
        return EVERY_DAY
    return frozenset(WEEKDAYS.index(name.lower()[:3]) for name in names)


def _condition(number: int, only_if: Needs | _OnlyIf, fault: Any) -> Condition:
    if isinstance(only_if, Needs):
        only_if = _OnlyIf(was=only_if)
    about = only_if.step
    if about is not None and about < 1:
        fault(f"it looks at step {about}, which does not exist")
    elif about == number:
        fault("it waits for itself, which is a circle; let it look at an earlier step")
    elif about is not None and about > number:
        fault(
            f"it waits for step {about}, which comes after it, which is a circle; let it look at "
            "an earlier step"
        )
    elif number == 1 and Condition(only_if.was).waits_for_facts:
        fault("it comes first, so there is nothing before it to depend on")
    return Condition(only_if.was, about)


def _variants(shape: _Step, given: list[str] | None, fault: Any) -> tuple[Variant, ...]:
    if shape.variants and (shape.body or shape.subject):
        fault("it has a text of its own and variants; give one of them")
    found = tuple(Variant(v.name, v.weight, v.subject, v.body) for v in shape.variants)
    found = found or (Variant("a", 1, shape.subject, shape.body),)
    names = [variant.name for variant in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        fault(f"variant names must differ: {_named(twice)} stands there twice")
    if not any(variant.weight for variant in found):
        fault("none of its variants has a weight above nought")
    for variant in found if given is not None else ():
        needs_subject = shape.channel == Channel.EMAIL
        for wrong in wording.faults(variant, needs_subject=needs_subject, given=given or ()):
            fault(f"variant “{variant.name}”: {wrong}" if len(found) > 1 else wrong)
    return found


def _storable(data: Mapping[str, Any]) -> bool:
    text = json.dumps(dict(data), default=str, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text and "\x00" not in text


def _sentence(error: Any) -> str:
    """Pydantic's finding as a sentence that says where."""
    where = [part + 1 if isinstance(part, int) else part for part in error["loc"]]
    words = [str(part) for part in where if part not in ("steps", "_OnlyIf")]
    if where[:1] == ["steps"] and len(where) > 1:
        words[0] = f"Step {words[0]}"
    return f"{', '.join(words) or 'The sequence'}: {in_words(error)}."


def _named(names: Any) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _offer(names: Any) -> str:
    return f"there are: {', '.join(names)}"
