"""Finds the sender's own new words in a mail; character offsets hold, nothing is cut out. Pure.

Losing the line with the price is worse than leaking a signature: when nothing would be left,
everything counts as the sender's own.
"""

from dataclasses import dataclass

from outreach.inbound import quote_marks
from outreach.inbound.render_html import HtmlText, render_html

Span = tuple[int, int]
MOST_TEXT = 400_000


@dataclass(frozen=True, slots=True)
class ReplyText:
    """`body` is the text, or the HTML rendered to text; spans are offsets into it.

    `own`: what the sender wrote now; `struck`: what they crossed out (old prices).
    `only_quoted`: nothing was written now, so that the whole stands for it.
    """

    body: str
    own: tuple[Span, ...]
    struck: tuple[Span, ...] = ()
    only_quoted: bool = False

    @property
    def own_text(self) -> str:
        """`body` with everything else blanked, same length, line breaks kept."""
        kept = list(_blank(self.body))
        for start, end in self.own:
            kept[start:end] = self.body[start:end]
        for start, end in self.struck:
            kept[start:end] = _blank(self.body[start:end])
        return "".join(kept)


def split_reply(text: str, html: str | None = None) -> ReplyText:
    """Separate own words from quoted history, by text marks and by the HTML of mail programs."""
    if text.strip():
        body = text[:MOST_TEXT]
        struck: tuple[Span, ...] = ()
        quoted = quote_marks.find_quoted(body)
    elif html:
        rendered: HtmlText = render_html(html[: 2 * MOST_TEXT])
        body, struck = rendered.text, rendered.struck
        quoted = [*rendered.quoted, *quote_marks.find_quoted(body)]
    else:
        return ReplyText("", ())
    own = _complement(quoted, len(body))
    only_quoted = bool(quoted) and not any(body[start:end].strip() for start, end in own)
    if only_quoted or not own:
        own = [(0, len(body))]
    return ReplyText(body, tuple(own), struck, only_quoted)


def _blank(text: str) -> str:
    return "".join(character if character in "\r\n" else " " for character in text)


def _complement(spans: list[Span], length: int) -> list[Span]:
    kept, at = [], 0
    for start, end in sorted(spans):
        if start > at:
            kept.append((at, start))
        at = max(at, end)
    if at < length:
        kept.append((at, length))
    return kept
