"""Which questions a reply asks, in its own words. Pure."""

import re

MOST, LONGEST = 6, 400
SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
# An order to tell something is a question without the sign.
WANTS_TO_KNOW = re.compile(
    r"\b(?:(?:can|could|would|will) you (?:tell|send|share|explain|say)|please (?:tell|send|"
    r"explain|share|clarify|confirm)|tell me|let me know|send (?:me|us|over)|(?:i|we)(?:'d| would) "
    r"(?:like|need|want) to know|wondering|(?:me|nos) (?:puede|podría|pueden|podrían)|puede[ns]? "
    r"(?:decir|enviar|explicar)|(?:dígame|digame|cuénteme|mándeme|envíeme)|quisiera saber|"
    r"(?:под)?скажите|расскажите|пришлите|уточните|объясните|хо(?:чу|телось бы|тел бы) (?:у)?знать|"
    r"интересует)\b",
    re.IGNORECASE,
)


def questions_in(text: str) -> list[str]:
    """The sentences that ask, as written; the whole text where none is marked as a question.

    At most six, each cut at 400 characters; [] for a text without words.
    """
    sentences = [" ".join(found.group().split()) for found in SENTENCE.finditer(text[:20_000])]
    asking = [s for s in sentences if s.rstrip(" )\"'”»").endswith("?") or WANTS_TO_KNOW.search(s)]
    if not asking:
        whole = " ".join(text.split())
        asking = [whole] if re.search(r"\w", whole) else []
    return [sentence[:LONGEST] for sentence in asking[:MOST]]
