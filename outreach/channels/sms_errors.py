"""What a provider's error number means for the text, the number, the sender and the campaign.

The table beside this file is ours; the facts in it come from Twilio's error pages (checked in
November 2026). A number it does not hold is held for a person and told loudly. Pure.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class SmsAction(StrEnum):
    """What is done. SUPPRESS stops the person; LANDLINE and INVALID_NUMBER the number."""

    SUPPRESS = "suppress"
    LANDLINE = "landline"
    INVALID_NUMBER = "invalid_number"
    HOLD = "hold"
    SLOW_DOWN = "slow_down"
    DISABLE_SENDER = "disable_sender"
    ANOTHER_DAY = "another_day"


class Holds(StrEnum):
    """What may not go on until somebody has looked; NOTHING where it goes on by itself."""

    NOTHING = ""
    MESSAGE = "message"
    NUMBER = "number"
    PERSON = "person"
    CAMPAIGN = "campaign"
    SENDER = "sender"


@dataclass(frozen=True, slots=True)
class Handling:
    """How one error is dealt with.

    `again`: when the same text may be tried: "never", "soon", "once", "next day", "next window",
    "after edit" or "after repair". `alert`: a person is told at once.
    """

    code: int
    action: SmsAction
    holds: Holds
    again: str
    alert: bool
    meaning: str
    known: bool = True


# Numbers that may be tried again without anybody's doing.
BY_ITSELF = frozenset({"soon", "once", "next day", "next window"})


def classify(code: int | None) -> SmsAction:
    """What to do about a provider's error number; HOLD for an unknown one and for none."""
    return handling_of(code).action


def handling_of(code: int | None) -> Handling:
    """All that is known of an error number; an unknown one holds the text and alerts."""
    number = code or 0
    known = _table().get(number)
    if known is not None:
        return known
    words = f"error {number}, which we do not know" if number else "no error number"
    return Handling(
        number, SmsAction.HOLD, Holds.MESSAGE, "after repair", True,
        f"The provider failed it with {words}.", known=False,
    )  # fmt: skip


@cache
def _table() -> dict[int, Handling]:
    path = Path(__file__).with_name("sms_errors.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["code"]): _read(row) for row in csv.DictReader(file)}


def _read(row: dict[str, str]) -> Handling:
    return Handling(
        int(row["code"]), SmsAction(row["action"]), Holds(row["holds"]), row["again"],
        row["alert"] == "yes", row["meaning"],
    )  # fmt: skip
