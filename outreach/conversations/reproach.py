"""Hears reproach: anger that needs no swear word, told by what comes together. Pure.

Each sign alone is harmless ("you folks", "the third letter", "my late husband"); two of a kind
apart make a reproach. What legal threats and insults say is read elsewhere.
"""

from outreach.conversations.plain import Plain
from outreach.conversations.tables import heard

# Whom it is thrown at, how often we wrote, that they refused, shame, whom it hurts, a question
# that wants no answer.
SIGNS = ("whom", "often", "refused", "shame", "frail", "asks")
ENOUGH = 2
HURT = frozenset({"shame", "frail"})  # nobody who is keen speaks so


def reproaches(words: Plain) -> frozenset[str]:
    """Which signs were heard, in any language."""
    return frozenset(sign for sign in SIGNS if heard(f"reproach_{sign}", words.text))
