"""Says in words what changed from one version of a sequence to the next."""

from collections.abc import Iterator

from outreach.choices import Channel
from outreach.sequences.definition import REPLY_STOPS, Definition
from outreach.sequences.steps import DAY_NAMES, EVERY_DAY, Step


def changes(before: Definition, after: Definition) -> list[str]:
    """What differs, one sentence a change, steps told apart by their number."""
    found = []
    if before.reply_stops != after.reply_stops:
        found.append(f"A reply now stops {REPLY_STOPS[after.reply_stops]}.")
    if before.needs_facts != after.needs_facts:
        needed = ", ".join(name.replace("_", " ") for name in after.needs_facts) or "nothing"
        found.append(f"What must be known of a person: {needed}.")
    more = len(after.steps) - len(before.steps)
    if more:
        kind = "more" if more > 0 else "fewer"
        found.append(f"{abs(more)} step{'' if abs(more) == 1 else 's'} {kind} than before.")
    for old, new in zip(before.steps, after.steps, strict=False):
        found += [f"Step {new.number}: {what}." for what in _of_step(old, new)]
    for step in after.steps[len(before.steps) :]:
        found.append(f"Step {step.number} is new: {Channel(step.channel).label}, {step.name}.")
    return found


def _of_step(old: Step, new: Step) -> Iterator[str]:
    if old.name != new.name:
        yield f"is called “{new.name}” instead of “{old.name}”"
    if old.channel != new.channel:
        yield f"{Channel(new.channel).label} instead of {Channel(old.channel).label}"
    if old.delay != new.delay:
        yield f"comes {new.delay.words} after the one before instead of {old.delay.words}"
    if old.at != new.at:
        yield f"at {_hour(new)} instead of {_hour(old)}"
    if old.weekdays != new.weekdays:
        yield f"on {_days(new)} instead of {_days(old)}"
    if old.condition.words != new.condition.words:
        yield f"{new.condition.words or 'always'} instead of {old.condition.words or 'always'}"
    yield from _of_wordings(old, new)


def _of_wordings(old: Step, new: Step) -> Iterator[str]:
    before = {variant.name: variant for variant in old.variants}
    after = {variant.name: variant for variant in new.variants}
    for name in [name for name in before if name not in after]:
        yield f"variant {name} is gone"
    for name, variant in after.items():
        known = before.get(name)
        which = f" of variant {name}" if len(after) > 1 or len(before) > 1 else ""
        if known is None:
            yield f"variant {name} is new"
            continue
        if known.weight != variant.weight:
            yield f"the weight{which} is {variant.weight} instead of {known.weight}"
        if known.subject != variant.subject:
            yield f"the subject{which} reads “{variant.subject}” instead of “{known.subject}”"
        if known.body != variant.body:
            yield f"the text{which} changed"


def _hour(step: Step) -> str:
    return f"{step.at:%H:%M}" if step.at else "any hour"


def _days(step: Step) -> str:
    if step.weekdays == EVERY_DAY:
        return "any day"
    return ", ".join(DAY_NAMES[day][:3] for day in sorted(step.weekdays))
