"""The mechanical fact check: marks what a draft says that no record backs."""

from dataclasses import replace

from outreach.drafting.claims import Checker, back
from outreach.drafting.marks import FactMark, Sources
from outreach.drafting.names import check_names, know

__all__ = ["FactMark", "Sources", "check_facts"]


def check_facts(subject: str, body: str, sources: Sources) -> list[FactMark]:
    """Every number, date, time, place, name, price or contact detail not in the sources.

    Dates compare as dates in any form, numbers also in words, amounts with their currency.
    Marks come in reading order, those of the subject first.
    """
    backed, known = back(sources), know(sources)
    marks: list[FactMark] = []
    for part, text in (("subject", subject), ("body", body)):
        checker = Checker(text, sources, backed)
        found = checker.check()
        found += check_names(text, checker.taken, known)
        marks += [replace(m, part=part) for m in sorted(found, key=lambda m: m.start)]
    return marks
