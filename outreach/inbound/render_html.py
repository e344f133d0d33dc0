"""Renders the HTML of a mail to text, knowing which parts mail programs mark as quoted. Pure."""

import html as entities
import re
from dataclasses import dataclass

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from selectolax.lexbor import LexborHTMLParser

Span = tuple[int, int]

# Private-use characters carry the marks through the renderer and are taken out again.
QUOTE_ON, QUOTE_OFF, STRIKE_ON, STRIKE_OFF = "\ue000", "\ue001", "\ue002", "\ue003"
QUOTED = (
    ".gmail_quote, .gmail_extra .gmail_quote, blockquote[type=cite], .yahoo_quoted, "
    ".moz-cite-prefix, .protonmail_quote, .mail-quote, .zmail_extra, #divRplyFwdMsg, "
    "blockquote.gmail_quote, blockquote.protonmail_quote"
)
STRUCK = "del, s, strike"
# What the person who reads the mail cannot see was not said to them: preheaders, planted prices.
HIDDEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all|opacity:0(?![.\d])|font-size:0(?![.\d]))"
)
CONFIG = ParserConfig(css=CSS_PROFILES["strict"], display_links=False, display_images=False)


@dataclass(frozen=True, slots=True)
class HtmlText:
    """Rendered text with the quoted and the struck-out spans."""

    text: str
    quoted: tuple[Span, ...]
    struck: tuple[Span, ...]


def render_html(source: str) -> HtmlText:
    """Text of an HTML mail, tables kept as columns; never raises on broken HTML."""
    clean = "".join(c for c in source if c not in "\ue000\ue001\ue002\ue003\x00")
    tree = LexborHTMLParser(clean)
    if tree.body is None:
        return HtmlText("", (), ())
    for node in tree.css("script, style, head, title, template, [hidden]"):
        node.decompose()
    for node in tree.css("[style]"):
        if HIDDEN.search((node.attributes.get("style") or "").replace(" ", "").lower()):
            node.decompose()
    marked_from = False
    for node in tree.css(QUOTED):
        if node.parent is not None and not _inside(node, QUOTED_CLASSES):
            node.insert_before(QUOTE_ON)
            node.insert_after(QUOTE_OFF)
    for node in tree.css("div[style]"):
        style = (node.attributes.get("style") or "").replace(" ", "").lower()
        if not marked_from and "border-top:solid#e1e1e1" in style:
            node.insert_before(QUOTE_ON)
            marked_from = True
    for node in tree.css("#appendonsend"):
        node.insert_before(QUOTE_ON)
    for node in tree.css(STRUCK):
        _mark_struck(node)
    for node in tree.css("[style]"):
        style = (node.attributes.get("style") or "").replace(" ", "").lower()
        if "line-through" in style:
            _mark_struck(node)
    return _take_marks(_to_text(tree.html or ""))


QUOTED_CLASSES = ("gmail_quote", "yahoo_quoted", "protonmail_quote", "zmail_extra")


def _inside(node: object, classes: tuple[str, ...]) -> bool:
    """Whether an ancestor is marked already; nested marks would only repeat it."""
    parent = getattr(node, "parent", None)
    while parent is not None:
        names = (parent.attributes or {}).get("class") or ""
        if any(name in names for name in classes):
            return True
        parent = parent.parent
    return False


def _mark_struck(node: object) -> None:
    node.insert_before(STRIKE_ON)  # type: ignore[attr-defined]
    node.insert_after(STRIKE_OFF)  # type: ignore[attr-defined]


def _to_text(source: str) -> str:
    try:
        return get_text(source, CONFIG)
    except (ValueError, RecursionError, IndexError, AttributeError):
        # A document the renderer cannot take still has its words.
        tree = LexborHTMLParser(source)
        return entities.unescape(tree.body.text(separator="\n") if tree.body else "")


def _take_marks(marked: str) -> HtmlText:
    """Remove the marks and turn them into spans; an unclosed mark runs to the end."""
    pieces: list[str] = []
    spans: dict[str, list[Span]] = {QUOTE_ON: [], STRIKE_ON: []}
    opened: dict[str, list[int]] = {QUOTE_ON: [], STRIKE_ON: []}
    closes = {QUOTE_OFF: QUOTE_ON, STRIKE_OFF: STRIKE_ON}
    at = 0
    for character in marked:
        if character in opened:
            opened[character].append(at)
        elif character in closes:
            kind = closes[character]
            if opened[kind]:
                spans[kind].append((opened[kind].pop(), at))
        else:
            pieces.append(character)
            at += 1
    for kind, starts in opened.items():
        spans[kind] += [(start, at) for start in starts]
    text = "".join(pieces)
    return HtmlText(text, tuple(sorted(spans[QUOTE_ON])), tuple(sorted(spans[STRIKE_ON])))
