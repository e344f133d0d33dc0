"""What a sequence consists of, as values: steps, their delays, conditions and variants."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

EVERY_DAY = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Delay:
    """How long after the touch before (the first: after enrollment); `business` counts Mon–Fri."""

    days: int = 0
    business: bool = False

    @property
    def words(self) -> str:
        """Such as "3 business days"; "at once" for none."""
        if not self.days:
            return "at once"
        unit = "business day" if self.business else "day"
        return f"{self.days} {unit}{'' if self.days == 1 else 's'}"


class Needs(StrEnum):
    """What must be so when the step's time has come."""

    NOTHING = "nothing"
    NO_REPLY = "no_reply"  # always so: a reply ends the sequence
    OPENED = "opened"
    NOT_OPENED = "not_opened"
    SENT = "sent"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Condition:
    """`step` is the earlier step that is looked at; None looks at all that went before."""

    needs: Needs = Needs.NOTHING
    step: int | None = None

    @property
    def words(self) -> str:
        """Such as "if step 1 was opened"; empty where nothing is needed."""
        if self.needs in (Needs.NOTHING, Needs.NO_REPLY):
            return ""
        what = f"step {self.step}" if self.step else "any touch before"
        verb = {
            Needs.OPENED: "was opened",
            Needs.NOT_OPENED: "was not opened",
            Needs.SENT: "went out",
            Needs.NOT_SENT: "did not go out",
        }[self.needs]
        if not self.step and self.needs in (Needs.NOT_OPENED, Needs.NOT_SENT):
            what, verb = "no touch before", verb.replace("not ", "").replace("did go", "went")
        return f"if {what} {verb}"

    @property
    def waits_for_facts(self) -> bool:
        """Whether the answer is only known when the step's time has come."""
        return self.needs not in (Needs.NOTHING, Needs.NO_REPLY)


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a step; `weight` is its share among the step's variants."""

    name: str = "a"
    weight: int = 1
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One touch: `at` is the wall-clock time in the recipient's zone, None for any lawful time.

    `weekdays` holds 0 for Monday to 6 for Sunday.
    """

    number: int
    channel: str
    delay: Delay = Delay()
    at: time | None = None
    weekdays: frozenset[int] = EVERY_DAY
    condition: Condition = Condition()
    variants: tuple[Variant, ...] = field(default=(Variant(),))
    name: str = ""
