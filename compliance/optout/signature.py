"""Takes greeting, sign-off and name off a short text, so that its one word stands alone. Pure."""

import re

GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hola|buen[oa]s|estimad\w+|"
    r"здравствуйте|добрый (?:день|вечер)|доброе утро|доброго|привет|уважаем\w+|guten (?:tag|morgen|abend)|"
    r"hallo|sehr geehrte\w*|bonjour|bonsoir|madame|monsieur)\b[^.!?\n]{0,40}[,!.\n:]+",
    re.IGNORECASE,
)
SIGN_OFF = re.compile(
    r"(?im)^\s*(?:--\s*|(?:many |best |kind |warm |with )?(?:regards|wishes)|best|cheers|sincerely|thanks(?: and regards)?|"
    r"thank you|thx|respectfully|yours(?: \w+)?|saludos.*|atentamente|atte|gracias|un saludo|с уважением|спасибо|"
    r"всего доброго|mit freundlichen gr[uü](?:ß|ss)en|viele gr[uü](?:ß|ss)e|mfg|danke|cordialement|merci|"
    r"bien [àa] vous)\s*[,.!]*\s*$"
)
CONTACT_LINE = re.compile(r"@|www\.|https?:|\+?\d[\d\s().-]{6,}|\|")


def without_frame(text: str) -> str:
    """The text between greeting and signature; the text itself when nothing would be left."""
    body = GREETING.sub("", text, count=1)
    found = SIGN_OFF.search(body)
    if found and body[: found.start()].strip():
        body = body[: found.start()]
    lines = body.strip().splitlines()
    while len(lines) > 1 and _names_somebody(lines[-1]):
        lines.pop()
    stripped = "\n".join(lines).strip()
    return stripped or text


def _names_somebody(line: str) -> bool:
    words = line.split()
    if not words or CONTACT_LINE.search(line):
        return True
    return len(words) <= 6 and all(
        word[:1].isupper() or word[:1] in "-–—&/" or word in {"of", "de", "von", "und", "y", "и"}
        for word in words
    )
