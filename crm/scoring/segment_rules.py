"""The rules that put people into segments and tag them: their shape, and those that ship."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from crm.scoring.definition import (
    Label,
    Limit,
    Name,
    Points,
    Signal,
    Strict,
    check_once,
    check_storable,
    refusal,
)
from crm.scoring.features import FEATURES, SEGMENTED
from crm.shares import BadSharesError, normalise

FILE = Path(__file__).parent / "segment_rules.toml"


class Segment(Strict):
    """One segment: `share` of all people, and the points from which on somebody suits it."""

    name: Name
    label: Label
    share: Limit
    at_least: Points = 1.0
    signals: list[Signal] = Field(min_length=1, max_length=50)


class TagRule(Strict):
    """A tag of one kind. With a signal, whoever shows it gets `value`; with `copy_of`, everybody
    gets what the first of these fields says. The first rule of a kind that fits gives the tag."""

    kind: Name
    value: Annotated[str, Field(max_length=60)] = ""
    signal: Signal | None = None
    copy_of: list[str] = Field(default_factory=list, max_length=10)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.signal) == bool(self.copy_of) or bool(self.signal) != bool(self.value):
            raise ValueError("give a value with a signal, or copy_of and neither")
        for name in self.copy_of:
            if name not in FEATURES:
                raise ValueError(f"there is no field “{name[:60]}”")
        return self


class SegmentDefinition(Strict):
    """All segments and tags. Who suits several within `alike` points goes where the share is
    furthest behind."""

    segments: list[Segment] = Field(min_length=1, max_length=20)
    alike: Limit = 0.0
    tags: list[TagRule] = Field(default_factory=list, max_length=100)

    @property
    def shares(self) -> dict[str, Decimal]:
        """As they are written; `crm.shares` brings them to 100 per cent."""
        return {one.name: Decimal(str(one.share)) for one in self.segments}

    @property
    def labels(self) -> dict[str, str]:
        return {one.name: one.label for one in self.segments}

    @property
    def fields(self) -> list[str]:
        """Every feature that is looked at, once."""
        signals = [sign for one in self.segments for sign in one.signals]
        signals += [rule.signal for rule in self.tags if rule.signal]
        asked = [name for sign in signals for name in sign.fields]
        copied = [name for rule in self.tags for name in rule.copy_of]
        return list(dict.fromkeys([*asked, *copied]))

    @model_validator(mode="after")
    def _can_work(self) -> Self:
        check_once("segments", [one.name for one in self.segments])
        try:
            normalise(self.shares)
        except BadSharesError as refusal:
            raise ValueError(str(refusal).rstrip(".")) from None
        strange = [name for name in self.fields if FEATURES[name].owner not in SEGMENTED]
        if strange:
            raise ValueError(f"{strange[0]} is not known of a person; take it out")
        return self


def parse_rules(data: Mapping[str, Any]) -> SegmentDefinition:
    """Checked rules; raises DefinitionError with every problem in words."""
    check_storable(data)
    try:
        return SegmentDefinition.model_validate(data)
    except ValidationError as error:
        raise refusal(error, data) from None


def rules_as_data(rules: SegmentDefinition) -> dict[str, Any]:
    """As they are stored: without what is left at its default."""
    return rules.model_dump(mode="json", exclude_defaults=True)


@cache
def shipped_rules() -> SegmentDefinition:
    """The rules the desk comes with."""
    return parse_rules(tomllib.loads(FILE.read_text(encoding="utf-8")))
