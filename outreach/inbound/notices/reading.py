"""What a mail from a machine says: its kind, whom it is about, and what follows. Values only."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

UNDETERMINED = "undetermined"  # the cause of what nobody explained


class Kind(StrEnum):
    """What came. Only a REPLY counts as an answer; UNKNOWN is a machine's, for a person to see."""

    BOUNCE = "bounce"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"
    OUT_OF_OFFICE = "out_of_office"
    AUTO_REPLY = "auto_reply"
    TICKET = "ticket"
    CHALLENGE = "challenge"
    REPLY = "reply"
    UNKNOWN = "unknown"


class Hardness(StrEnum):
    """HARD: the address is dead. SOFT: not now. POLICY: it is about us, not about the person."""

    HARD = "hard"
    SOFT = "soft"
    POLICY = "policy"


class Pauses(StrEnum):
    """Whether a refusal stops the mailbox it was sent from."""

    NO = "no"
    AT_ONCE = "at once"
    IF_REPEATED = "if repeated"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why mail is refused, as the table of causes has it; `meaning` is a sentence for staff."""

    name: str
    hardness: Hardness
    pauses: Pauses
    meaning: str

    @property
    def is_known(self) -> bool:
        """Whether it says more than that a mail came back."""
        return self.name != UNDETERMINED


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the mail to one recipient; `kind` BOUNCE, DELAYED or DELIVERED.

    `recipient` is lower case, "" where nobody is named; `status` an enhanced status code
    (RFC 3463) or ""; `said` the server's own words; `cause` only for a bounce.
    """

    kind: Kind
    recipient: str = ""
    status: str = ""
    said: str = ""
    cause: Cause | None = None

    @property
    def hardness(self) -> Hardness | None:
        return self.cause.hardness if self.cause else None


@dataclass(frozen=True, slots=True)
class Absence:
    """Who is away: the day named as return or as last day away, and whom to ask instead.

    `stand_in` is an e-mail address, else a phone number, else ""; `gone`: they will not return.
    """

    return_on: date | None = None
    stand_in: str = ""
    stand_in_name: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What kind of mail this is and by which form it was recognised; `reason` in words.

    `deliveries` has one entry a recipient for BOUNCE, DELAYED and DELIVERED, the worst first;
    `about` is the address a complaint is from; `original_id` the Message-ID of our mail.
    """

    kind: Kind
    form: str = ""
    reason: str = ""
    deliveries: tuple[Delivery, ...] = ()
    about: str = ""
    absence: Absence | None = None
    original_id: str = ""
    # Not about a person: a report on our authentication, for the administrator only.
    technical: bool = field(default=False)

    @property
    def worst(self) -> Delivery | None:
        """The delivery that decides the kind; None where nothing was delivered or refused."""
        return self.deliveries[0] if self.deliveries else None

    @property
    def recipient(self) -> str:
        return self.worst.recipient if self.worst else self.about

    @property
    def hardness(self) -> Hardness | None:
        return self.worst.hardness if self.worst else None
