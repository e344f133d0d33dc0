"""Reads whether somebody asks us to stop: clear, ambiguous, or not at all.

The law asks us to understand any wording a reasonable person would (47 CFR 64.1200(a)(10)), so
each language has a table of verbs and objects rather than a list of sentences. Clear requests
are obeyed at once, ambiguous ones hold all sends for a person.
"""

from compliance.optout.verdict import OptOutReading, Verdict

__all__ = ["OptOutReading", "Verdict", "detect"]


def detect(text: str, *, subject: str = "") -> OptOutReading:
    """Judge one message by the sender's own words, whatever the channel.

    Quoted mail in it is set aside. The subject counts only when the sender wrote it: a "Re:"
    repeats ours.
    """
    # Compiling the tables takes half a second, which only readers of replies should pay.
    from compliance.optout.reader import read

    return read(text, subject)
