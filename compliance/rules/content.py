"""Nothing empty and no template leftovers may leave."""

import re

LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{[a-z_]+\}"
    r"|\[(?i:(?:your |first |last |company |vendor )?(?:name|date|company|title|subject|phone|email"
    r"|vendor|price|sender|signature))\]|<<[^<>\n]{1,40}>>"
    r"|\b(?:None|undefined|NaN|null)\b(?=[\s.,;:!?]|$)|lorem ipsum",
)
# "None of the dates work" is English; a bare value where a name belongs is a leftover.
ENGLISH_NONE = re.compile(r"\bNone (?:of|at|the)\b")


def find_leftovers(text: str) -> list[str]:
    """The placeholders and machine words that a template left in a text, in order."""
    masked = ENGLISH_NONE.sub("", text)
    return [match.group(0) for match in LEFTOVER.finditer(masked)]


def refusals(channel: str, subject: str, body: str) -> list[str]:
    """Reasons why this content may not leave."""
    reasons = []
    if not body.strip():
        reasons.append("The message has no text.")
    if channel == "email" and not subject.strip():
        reasons.append("The e-mail has no subject.")
    if "\n" in subject or "\r" in subject:
        reasons.append("The subject has a line break.")
    leftovers = find_leftovers(f"{subject}\n{body}")
    if leftovers:
        listed = ", ".join(f"“{item}”" for item in dict.fromkeys(leftovers))
        reasons.append(f"Template leftovers in the text: {listed}.")
    return reasons
