"""Makes the message of one touch: the person's wording, their address, the channel's sender."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from outreach import legal_lines, reply_address
from outreach.choices import Channel, Direction, MessageKind, MessageStatus
from outreach.drafting.leftovers import find_leftovers
from outreach.drafting.personal import greet
from outreach.models import Campaign, Enrollment, Mailbox, Message
from outreach.sequences import wording
from outreach.sequences.people import Person
from outreach.sequences.planning import Touch
from outreach.sequences.steps import Step, Variant
from outreach.sequences.variants import choose

NO_NUMBER = "The campaign has no number to text from: choose one in its settings."


def sender_for(campaign: Campaign, channel: str) -> Mailbox | None:
    """The mailbox a touch leaves from; None where the campaign has none for the channel."""
    if channel != Channel.SMS:
        return campaign.mailbox
    boxes = (campaign.text_mailbox, campaign.mailbox)
    return next((box for box in boxes if box and box.channel == Channel.SMS), None)


def values_for(
    person: Person, campaign: Campaign, facts: Mapping[str, str], *, step: int, steps: int
) -> dict[str, Any]:
    """What a template may use for this person; see `wording.FIELDS`."""
    company = person.company
    return {
        **{name: value for name, value in facts.items() if name in wording.FACTS},
        "offer": campaign.offer,
        "greeting": greet(person.contact, company),
        "name": person.contact.name,
        "company": company.name if company else "",
        "sender_name": campaign.mailbox.from_name,
        "sender_title": campaign.mailbox.sender_title,
        "sender_email": campaign.mailbox.from_email,
        "step": step,
        "steps": steps,
    }


def write(variant: Variant, channel: str, values: Mapping[str, Any]) -> tuple[str, str, list[str]]:
    """Subject, text, and what is wrong with them; nothing raised, so that one odd person does not
    hold up the others."""
    try:
        subject, body = wording.fill(variant, values)
    except wording.WordingError as error:
        return "", "", [str(error)]
    subject = subject[:500] if channel == Channel.EMAIL else ""
    return subject, body, find_leftovers(subject, body, needs_subject=channel == Channel.EMAIL)


def make_touch(
    enrollment: Enrollment,
    campaign: Campaign,
    person: Person,
    touch: Touch,
    *,
    steps: int,
    engine: str,
    answers: str = "",
    now: datetime,
) -> Message:
    """The unsaved draft of this touch, flagged where it needs a look.

    `answers` is the Message-ID of the mail before it, so that it stays one thread.
    """
    step, to = touch.step, person.points[touch.step.channel].value
    mailbox = sender_for(campaign, step.channel)
    variant, subject, body, problems = _worded(step, enrollment, campaign, person, steps)
    problems += [] if mailbox else [NO_NUMBER]
    enrollment.campaign = campaign
    return Message(
        enrollment=enrollment,
        campaign=campaign,
        direction=Direction.OUTBOUND,
        channel=step.channel,
        kind=MessageKind.FOLLOW_UP if enrollment.step else MessageKind.FIRST,
        status=MessageStatus.EA_REVIEW,
        step=step.number,
        variant=variant,
        reason=" ".join(problems),
        flagged=bool(problems),
        subject=subject,
        body=body,
        from_name=campaign.mailbox.from_name,
        from_address=mailbox.address if mailbox else "",
        to_address=to,
        **(_threaded(enrollment, answers) if step.channel == Channel.EMAIL else {}),
        engine=engine,
        original={"subject": subject, "body": body},
        mailbox=mailbox,
        due_at=max(touch.at, now),
    )


def _worded(
    step: Step, enrollment: Enrollment, campaign: Campaign, person: Person, steps: int
) -> tuple[str, str, str, list[str]]:
    """The person's variant, its subject and whole text, and what is wrong with them."""
    variant = choose(step.variants, str(enrollment.pk))
    values = values_for(person, campaign, enrollment.facts, step=step.number, steps=steps)
    subject, text, problems = write(variant, step.channel, values)
    to, language = person.points[step.channel].value, person.contact.language
    body = legal_lines.complete(text, channel=step.channel, to=to, language=language)
    return variant.name, subject, body, problems


def _threaded(enrollment: Enrollment, answers: str) -> dict[str, str]:
    """What keeps a mail in its thread."""
    reply_to = reply_address.build(enrollment)
    return {"reply_to": reply_to, "in_reply_to": answers, "references": answers}
