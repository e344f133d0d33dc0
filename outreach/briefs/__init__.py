"""From a client's free text to a structured request: category, constraints, what is missing."""

from outreach.briefs.reader import read_brief
from outreach.briefs.reading import BriefReading, Missing

__all__ = ["BriefReading", "Missing", "read_brief"]
