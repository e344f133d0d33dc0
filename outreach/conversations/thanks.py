"""Thanks for a name we were given, in the language they wrote in."""

from outreach.conversations.drafts import put_answer
from outreach.drafting.personal import greet
from outreach.models import ContactProposal, Message, MessageReading

ENGINE = "thanks"
WORDS = {
    "en": (
        "Hello {name},\n\n{thanks}\n\nKind regards,\n{sender}",
        "Thank you for pointing me to {person}. I will not trouble you about this again.",
        "the right person",
    ),
    "es": (
        "Hola {name}:\n\n{thanks}\n\nUn cordial saludo,\n{sender}",
        "Muchas gracias por indicarme a {person}. No volveré a molestarle con este asunto.",
        "la persona adecuada",
    ),
    "ru": (
        "Здравствуйте, {name}!\n\n{thanks}\n\nС уважением,\n{sender}",
        "Спасибо, что подсказали, к кому обратиться ({person}). Больше не буду беспокоить вас.",
        "нужный человек",
    ),
}


def thank(heard: Message, reading: MessageReading, *, actor: str) -> Message:
    """The draft of a thank-you to whoever named somebody else; a person approves it."""
    assert heard.enrollment is not None
    named = ContactProposal.objects.filter(message=heard).exclude(name="").first()
    letter, thanks, somebody = WORDS.get(reading.language[:2], WORDS["en"])
    body = letter.format(
        name=greet(heard.enrollment.contact, heard.enrollment.company),
        thanks=thanks.format(person=named.name if named else somebody),
        sender=heard.enrollment.campaign.mailbox.from_name,
    )
    return put_answer(heard, body, actor=actor, engine=ENGINE)
