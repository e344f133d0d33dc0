"""What must never stand in a message: empty texts, template code, placeholders."""

import re

_SLOT = re.compile(
    r"\[(?:[A-Z][^\]\n]{0,40}|your [^\]\n]{1,40}|insert [^\]\n]{1,40})\]"
    r"|<(?:(?i:name|date|company|vendor|client|insert[^>\n]{0,30}|your[^>\n]{0,30}))>"
)
_PATTERNS = (
    (re.compile(r"\{\{|\}\}|\{%|%\}|\{#|\$\{"), "template code"),
    (_SLOT, "a placeholder"),
    (re.compile(r"\bNone\b(?!\s+of\b)|\bundefined\b|\bnull\b|\bNaN\b"), "an empty value"),
    (re.compile(r"\b(?:TODO|FIXME|XXX+|TBD)\b|(?i:lorem ipsum)"), "an unfinished note"),
)


def find_leftovers(subject: str, body: str, *, needs_subject: bool = True) -> list[str]:
    """What is wrong, in sentences; empty when the texts are fit to be sent."""
    problems = []
    if needs_subject and not subject.strip():
        problems.append("The subject is empty.")
    if not body.strip():
        problems.append("The text is empty.")
    for part, text in (("subject", subject), ("text", body)):
        for pattern, what in _PATTERNS:
            match = pattern.search(text)
            if match:
                problems.append(f"The {part} still has {what}: “{match.group()}”.")
    if "\n" in subject.strip() or "\r" in subject.strip():
        problems.append("The subject has a line break.")
    return problems
