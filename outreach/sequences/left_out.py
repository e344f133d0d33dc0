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

# What somebody at the desk can do about it; nothing about what the people themselves asked for.
REMEDIES = {
    "not_allowed": "Where consent is asked for: record the one they gave, with the words they saw. "
    "Where the country is not known: write it on their page. The law of the United States, for "
    "one, lets a first e-mail go to a person until they say no.",
    "no_address": "Add the address on their page, or choose a sequence for those they have.",
    "missing_fact": "Take them in under Enroll, from a list with a column for it.",
    "exclusive": "They can come in when the other campaign is through with them.",
    "with_a_person": "Ask whoever looks after them.",
    "too_recent": "Take them in under Enroll when the days have passed.",
    "shared_address": "Give each of them an address of their own.",
    "over_budget": "Let the campaign have more contacts, under “Who lets messages go”.",
    "unknown": "Import them first, or choose them by search.",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who was not taken in: `code` to count by, `reason` in words."""

    contact_id: UUID
    name: str
    code: str
    reason: str

    @property
    def is_known(self) -> bool:
        """Whether there is a page of theirs."""
        return self.code not in ("unknown", "unreadable")


@dataclass(frozen=True, slots=True)
class Group:
    """The people left out for one reason, and what can be done about it."""

    code: str
    people: list[LeftOut]

    @property
    def heading(self) -> str:
        return HEADINGS[self.code]

    @property
    def remedy(self) -> str:
        return REMEDIES.get(self.code, "")


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
    def groups(self) -> list[Group]:
        """The people of each reason, the commonest first."""
        return [
            Group(code, [one for one in self.left_out if one.code == code]) for code in self.counts
        ]
