"""Stops everything for whoever wrote a message: a complaint, or a wish a person of ours read."""

from django.utils import timezone

from compliance.choices import AddressKind
from compliance.opt_outs import opt_out
from outreach.choices import Channel
from outreach.models import Enrollment, Message
from outreach.opting_out import addresses_held, stop_people

MOST_WORDS = 300


def stop_sender(
    message: Message, enrollment: Enrollment, *, reason: str, words: str, why: str, actor: str
) -> int:
    """Suppress every address of the person and of the sender; returns how much was cancelled.

    `reason` is a SuppressionReason, `words` what it rests on. In the caller's transaction.
    """
    kind = AddressKind.EMAIL if message.channel == Channel.EMAIL else AddressKind.PHONE
    people = {enrollment.contact_id}
    done = opt_out(
        [(kind, message.from_address), *addresses_held(people)], words=words[:MOST_WORDS],
        source=f"reply by {message.get_channel_display()}",
        received_at=message.received_at or timezone.now(), reason=reason, actor=actor,
    )  # fmt: skip
    return done.cancelled + stop_people(people, (), why=why, actor=actor)
