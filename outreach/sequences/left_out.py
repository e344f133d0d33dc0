"""What came of taking people in: how many came, and of everybody left out why."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

# What stands over the people left out for one reason.
HEADINGS = {
    "suppressed": "Asked not to be contacted",
    "not_allowed": "May not be contacted as things stand",
    "no_address": "No address for this sequence",
    "missing_fact": "Something the texts need is not known",
    "exclusive": "Under way in another campaign",
    "with_a_person": "A person is looking after them",
    "too_recent": "Contacted too recently",
    "shared_address": "Somebody with the same address is in already",
    "already_in": "In this campaign already",
    "over_budget": "Over the campaign’s budget",
    "unknown": "Not found among the contacts",
    "unreadable": "No address that could be read",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who was not taken in: `code` to count by, `reason` in words."""

    contact_id: UUID
    name: str
    code: str
    reason: str


@dataclass(slots=True)
class Enrolled:
    """What an enrollment did: how many came in, and who did not."""

    taken_in: int = 0
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many were left out for which reason, the commonest first."""
        return dict(Counter(one.code for one in self.left_out).most_common())

    @property
    def groups(self) -> list[tuple[str, list[LeftOut]]]:
        """Heading and people of each reason, the commonest first."""
        return [
            (HEADINGS[code], [one for one in self.left_out if one.code == code])
            for code in self.counts
        ]
