"""Puts answers into a short message in the language of the question. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """How a message begins and ends in one language; `{name}` and `{sender}` are filled in."""

    greeting: str
    greeting_nobody: str
    rest: str
    closing: str


WORDINGS = {
    "en": Wording(
        "Hello {name},", "Hello,", "I will come back to you on the rest.", "Kind regards,\n{sender}"
    ),
    "es": Wording(
        "Hola {name}:", "Hola:", "Sobre lo demás le escribiré aparte.",
        "Un cordial saludo,\n{sender}",
    ),
    "ru": Wording(
        "Здравствуйте, {name}!", "Здравствуйте!", "По остальным вопросам напишу отдельно.",
        "С уважением,\n{sender}",
    ),
}  # fmt: skip


def compose(
    answers: Sequence[str], *, language: str, name: str, sender: str, mail: bool, partly: bool
) -> str:
    """The body: at most three answers in the order asked; `partly` says that more will come.

    A text message has no greeting and no signature. `language` is one of WORDINGS.
    """
    wording = WORDINGS[language]
    said = list(dict.fromkeys(" ".join(answer.split()) for answer in answers))[:MOST]
    core = " ".join([*said, wording.rest] if partly else said)
    if not mail:
        return core
    greeting = wording.greeting.format(name=name) if name else wording.greeting_nobody
    return f"{greeting}\n\n{core}\n\n{wording.closing.format(sender=sender)}"
