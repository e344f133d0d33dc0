"""A reply as it was heard, and the intent chosen for it, as values."""

from dataclasses import dataclass, field

from compliance.optout import OptOutReading
from outreach.conversations.case import Evidence, Intent, ReplyCase
from outreach.conversations.likeness import Likelihoods
from outreach.conversations.own_text import OwnText
from outreach.conversations.plain import Plain
from outreach.conversations.scoring import CUSTOMER, VENDOR, Weighed


@dataclass(frozen=True, slots=True)
class Listened:
    """A reply with all that was heard in it before an intent is chosen."""

    case: ReplyCase
    own: OwnText
    words: Plain
    weighed: Weighed
    verdict: OptOutReading
    like: Likelihoods
    evidence: dict[str, Evidence] = field(default_factory=dict)

    @property
    def by_customer(self) -> bool:
        """Whether who answers deals with us already."""
        return bool(CUSTOMER.search(self.case.context.lower()))

    @property
    def by_vendor(self) -> bool:
        """Whether we asked who answers for an offer."""
        return bool(VENDOR.search(self.case.context.lower()))


@dataclass(frozen=True, slots=True)
class Choice:
    """`warm`: read as something else, but a buyer's or seller's interest may stand behind it."""

    intent: Intent
    confidence: float
    warm: bool = False
