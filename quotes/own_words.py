"""The vendor's own words in a reply, and where a quoted stretch of them stands."""

import re
from dataclasses import dataclass

from quotes.extraction.case import Evidence, ReplyCase
from quotes.extraction.passed_on import own_reply

LONGEST = 500


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`text` is the body with everything that is not the vendor's blanked, offsets unchanged."""

    body: str
    text: str
    subject: str

    def find(self, words: str) -> Evidence | None:
        """Where these words stand, blanks aside; None where the vendor did not write them."""
        wanted = words.strip()[:LONGEST]
        if not wanted:
            return None
        pattern = re.compile(r"\s+".join(re.escape(part) for part in wanted.split()))
        match = pattern.search(self.text)
        if match:
            start, end = match.span()
            return Evidence(self.body[start:end], start, end, "body")
        match = pattern.search(self.subject)
        if match:
            return Evidence(match.group(), match.start(), match.end(), "subject")
        return None


def own_words(case: ReplyCase) -> OwnWords:
    """The own words of one reply; quoted history never counts."""
    reply = own_reply(case)
    return OwnWords(reply.body, reply.own_text, case.subject)
