"""What a provider's answer means for a message, whatever the channel."""

from dataclasses import dataclass

from outreach.choices import AttemptOutcome


@dataclass(frozen=True, slots=True)
class Outcome:
    """`result` SENT, TEMPORARY, PERMANENT or UNCERTAIN; `detail` in the provider's own words.

    `mailbox_trouble`: the fault is the connection's, not the message's, so that others wait too.
    `code`: the provider's error number, for channels whose errors say what to do next.
    """

    result: AttemptOutcome
    detail: str = ""
    provider: str = ""
    provider_message_id: str = ""
    mailbox_trouble: bool = False
    code: int = 0


def sent(provider: str, provider_message_id: str = "", detail: str = "") -> Outcome:
    return Outcome(AttemptOutcome.SENT, detail, provider, provider_message_id)


def temporary(detail: str, code: int = 0, *, mailbox_trouble: bool = False) -> Outcome:
    return Outcome(AttemptOutcome.TEMPORARY, detail, mailbox_trouble=mailbox_trouble, code=code)


def permanent(detail: str, code: int = 0) -> Outcome:
    return Outcome(AttemptOutcome.PERMANENT, detail, code=code)


def uncertain(detail: str) -> Outcome:
    return Outcome(AttemptOutcome.UNCERTAIN, detail)
