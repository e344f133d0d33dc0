"""The shape of a scoring model's version, and what makes one that cannot work."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from crm import faults
from crm.choices import Scored
from crm.errors import CrmError
from crm.scoring.features import FEATURES, OWNERS, Kind
from crm.scoring.patterns import BadPatternError, keywords, pattern

PartName = Literal["fit", "referral_capacity", "signal_strength"]
PARTS: tuple[PartName, ...] = ("fit", "referral_capacity", "signal_strength")
MOST_POINTS = 10_000.0
MOST_SIGNALS, MOST_WORDS, MOST_TIERS = 200, 200, 10
# What a signal may ask, as people read it; a range is two of the definition's questions.
ASKS = {
    "keywords": "has any of", "one_of": "is one of", "pattern": "fits the pattern",
    "range": "is a number", "is_true": "is", "known": "is known",
}  # fmt: skip
# Beside the field it is about, a fault is told without the names that programs use.
BESIDE = {
    "asks_nothing": "Nothing is looked for yet: type the words, the pattern or the numbers.",
    "asks_another_kind": "“{label}” is a {kind}, and “{asks}” cannot be asked of it: choose "
    "another question or another field.",
    "range_turned": "The first number is above the second, so nothing fits: change one of them.",
}
BESIDE_FIELD = {
    ("label", "string_too_short"): "It has no name yet: say in words what it is.",
    ("fields", "too_short"): "Choose at least one thing to look at.",
    ("signals", "too_short"): "There is no sign in it: add one, or remove the group.",
}

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Label = Annotated[str, Field(min_length=1, max_length=80)]
Points = Annotated[float, Field(ge=-MOST_POINTS, le=MOST_POINTS, allow_inf_nan=False)]
Limit = Annotated[float, Field(ge=0, le=MOST_POINTS, allow_inf_nan=False)]
Word = Annotated[str, Field(min_length=1, max_length=80, pattern=r"\w")]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the way to it in the data; told with that way (`text`) and without (`words`)."""

    path: tuple[int | str, ...]
    words: str
    text: str


class DefinitionError(CrmError):
    """A definition that cannot work, with every reason: where it stands and what to change."""

    def __init__(self, problems: list[str], found: Sequence[Problem] = ()) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems
        self.found = list(found) or [Problem((), text, text) for text in problems]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Signal(Strict):
    """One sign and its points: fields, and exactly one thing asked of the first that has it.

    `keywords` and `pattern` look into texts and lists; `one_of` compares the whole value;
    `at_least` and `at_most` (both may stand) ask of numbers; `is_true` of yes-or-no;
    `known` whether anything is known at all. `each` gives the points for each keyword found.
    """

    name: Name
    label: Label
    points: Points
    fields: list[str] = Field(min_length=1, max_length=20)
    keywords: list[Word] = Field(default_factory=list, max_length=MOST_WORDS)
    pattern: str = ""
    one_of: list[Word] = Field(default_factory=list, max_length=MOST_WORDS)
    at_least: Points | None = None
    at_most: Points | None = None
    is_true: bool | None = None
    known: bool | None = None

    @property
    def asks(self) -> list[str]:
        """What is asked, by the names of the conditions; a range counts once."""
        return [
            name for name, there in (
                ("keywords", self.keywords), ("pattern", self.pattern), ("one_of", self.one_of),
                ("at_least", self.at_least is not None or self.at_most is not None),
                ("is_true", self.is_true is not None), ("known", self.known is not None),
            ) if there
        ]  # fmt: skip

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        if len(self.asks) != 1:
            raise PydanticCustomError(
                "asks_several" if self.asks else "asks_nothing",
                "ask exactly one of keywords, pattern, one_of, at_least/at_most, is_true, known; "
                "here it is {told}",
                {"told": " and ".join(self.asks) or "none"},
            )
        if None not in (self.at_least, self.at_most) and self.at_least > self.at_most:  # type: ignore[operator]
            raise PydanticCustomError(
                "range_turned",
                "at_least {least} is above at_most {most}: nothing fits",
                {"least": f"{self.at_least:g}", "most": f"{self.at_most:g}"},
            )
        for name in self.fields:
            _check_field(name, self.asks[0])
        if self.pattern:
            try:
                pattern(self.pattern)
            except BadPatternError as error:
                raise ValueError(
                    f"the pattern “{self.pattern[:60]}” cannot be used: {error}"
                ) from None
        if self.keywords:
            keywords(self.keywords)
        return self


def _check_field(name: str, asked: str) -> None:
    feature = FEATURES.get(name)
    if feature is None:
        alike = [known for known in FEATURES if known.endswith("." + name.rpartition(".")[2])]
        hint = f"did you mean {alike[0]}?" if alike else "the page lists what there is."
        raise ValueError(f"there is no field “{name[:60]}”; {hint}")
    fits = {
        "keywords": (Kind.TEXT, Kind.LIST), "pattern": (Kind.TEXT, Kind.LIST),
        "one_of": (Kind.TEXT, Kind.LIST), "at_least": (Kind.NUMBER,),
        "is_true": (Kind.BOOLEAN,), "known": tuple(Kind),
    }[asked]  # fmt: skip
    if feature.kind not in fits:
        raise PydanticCustomError(
            "asks_another_kind",
            "{asked} cannot be asked of {name}, which is a {kind}",
            {
                "asked": asked, "name": name, "kind": feature.kind.value, "label": feature.label,
                "asks": ASKS["range" if asked == "at_least" else asked],
            },
        )  # fmt: skip


class Group(Strict):
    """Signals that together give at most `cap` points to one part."""

    name: Name
    label: Label
    part: PartName
    cap: Limit
    signals: list[Signal] = Field(min_length=1)


class Part(Strict):
    """One of the three parts: `max` points are 100 per cent of it, `weight` is its share."""

    weight: Limit
    max: Annotated[float, Field(gt=0, le=MOST_POINTS, allow_inf_nan=False)]


class Tier(Strict):
    """A tier and the points of the total from which on it is reached."""

    name: Annotated[str, Field(min_length=1, max_length=10)]
    at_least: Points


class Definition(Strict):
    """A whole scoring model: what counts, how much, and which tier follows.

    A row's total is `scale` × the weighted mean of its parts, each a share of its own maximum.
    `keep_listed`: a lead that came with a score or tier keeps them; the rest explains it.
    """

    scale: Annotated[float, Field(gt=0, le=MOST_POINTS, allow_inf_nan=False)] = 100.0
    parts: dict[PartName, Part]
    tiers: list[Tier] = Field(min_length=1, max_length=MOST_TIERS)
    below: Annotated[str, Field(max_length=10)] = ""
    keep_listed: bool = False
    groups: list[Group] = Field(min_length=1)

    @property
    def weights(self) -> float:
        """The sum all weights are measured against; never zero in a checked definition."""
        return sum(part.weight for part in self.parts.values())

    @property
    def fields(self) -> list[str]:
        """Every feature that is looked at, once."""
        asked = (name for group in self.groups for sign in group.signals for name in sign.fields)
        return list(dict.fromkeys(asked))

    @model_validator(mode="after")
    def _can_work(self) -> Self:
        missing = [name for name in PARTS if name not in self.parts]
        if missing:
            raise ValueError(f"parts: {', '.join(missing)} is missing; give it at least weight 0")
        if not self.weights or not math.isfinite(self.weights):
            raise ValueError("parts: all weights are zero; give at least one part a weight")
        for name, part in self.parts.items():
            if part.weight and not any(group.part == name for group in self.groups):
                raise ValueError(f"parts: {name} has a weight and no group; add one or weight it 0")
        _check_tiers(self)
        names = [sign.name for group in self.groups for sign in group.signals]
        check_once("groups", [group.name for group in self.groups])
        check_once("signals", names)
        if len(names) > MOST_SIGNALS:
            raise ValueError(f"there are {len(names)} signals; at most {MOST_SIGNALS} fit a model")
        return self


def _check_tiers(definition: Definition) -> None:
    tiers = definition.tiers
    for above, under in pairwise(tiers):
        if above.at_least <= under.at_least:
            raise ValueError(
                f"tiers: {above.name} begins at {above.at_least:g} and {under.name} after it at "
                f"{under.at_least:g}; name the highest first, each above the next"
            )
    if tiers[0].at_least > definition.scale:
        raise ValueError(
            f"tiers: {tiers[0].name} begins at {tiers[0].at_least:g}, but a perfect score is "
            f"{definition.scale:g}; lower the tier or raise the scale"
        )
    check_once("tiers", [*(tier.name for tier in tiers), *filter(None, [definition.below])])


def check_once(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{what}: “{twice[0]}” stands there twice; names must differ")


def parse(data: Mapping[str, Any], *, subject: Scored | None = None) -> Definition:
    """A checked definition; raises DefinitionError with every problem in words.

    With a subject, fields its rows do not have are a problem too.
    """
    check_storable(data)
    try:
        definition = Definition.model_validate(data)
    except ValidationError as error:
        raise refusal(error, data) from None
    if subject is not None and (strange := list(_strange(definition, subject))):
        raise DefinitionError(list(dict.fromkeys(one.text for one in strange)), strange)
    return definition


def _strange(definition: Definition, subject: Scored) -> Iterator[Problem]:
    """Fields that rows of this kind do not have, at each sign that asks for one."""
    for g, group in enumerate(definition.groups):
        for s, sign in enumerate(group.signals):
            for name in sign.fields:
                if FEATURES[name].owner not in OWNERS[subject]:
                    strange = f"is not known of a {subject.value}; take it out."
                    path = ("groups", g, "signals", s, "fields")
                    words = f"“{FEATURES[name].label}” {strange}"
                    yield Problem(path, words, f"{name} {strange}")


def check_storable(data: Mapping[str, Any]) -> None:
    """Refuse what no database keeps: NUL and halves of characters."""
    try:
        written = json.dumps(data, ensure_ascii=False, default=str)
        written.encode()
    except (UnicodeEncodeError, RecursionError):
        raise DefinitionError(["The text is not valid Unicode; type it anew."]) from None
    if "\\u0000" in written:
        raise DefinitionError(["NUL characters cannot be kept; take them out."])


def as_data(definition: Definition) -> dict[str, Any]:
    """As it is stored: without what is left at its default."""
    return definition.model_dump(mode="json", exclude_defaults=True)


def refusal(error: ValidationError, data: Mapping[str, Any]) -> DefinitionError:
    """What pydantic found, in words and with its places."""
    found = [_problem(one, data) for one in error.errors()]
    return DefinitionError([one.text for one in found], found)


def _problem(error: Any, data: Mapping[str, Any]) -> Problem:
    """“groups → distress → foreclosure → points: …”, with names instead of numbers."""
    where, here = [], data
    for step in error["loc"]:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = {}
        named = here.get("name") if isinstance(here, Mapping) else None
        where.append(str(named if isinstance(step, int) and named else step))
    message = faults.in_words(error)
    place = " → ".join(where)
    # What is wrong with the whole begins with what it is about: “tiers: …”.
    path = error["loc"] or tuple(filter(None, [message.partition(":")[0]]))
    words = f"{message[:1].upper()}{message[1:]}."
    return Problem(path, _beside(error, words), f"{place}: {message}." if place else words)


def _beside(error: Any, words: str) -> str:
    """The fault as it stands beside its field in the editor's form."""
    if error["type"] in BESIDE:
        return BESIDE[error["type"]].format(**error.get("ctx", {}))
    name = error["loc"][-1] if error["loc"] else ""
    return BESIDE_FIELD.get((name, error["type"]), words)
