"""A colleague's offer passed on: forwarded words that are the vendor's own. Pure.

Quoted history never counts, their own earlier mail included. What another mailbox of the same
company wrote and the sender forwards as the answer does.
"""

import re
from dataclasses import replace

from outreach.inbound.quote_marks import find_quoted
from outreach.inbound.reply_text import ReplyText, Span, split_reply
from quotes.extraction.case import ReplyCase

DIVIDER = re.compile(
    r"(?im)^[ \t]*[-_*]{2,}[ \t]*(?:(?:begin )?forwarded message|weitergeleitete nachricht|mensaje "
    r"reenviado|message transféré|messaggio inoltrato|mensagem (?:encaminhada|reencaminhada)|"
    r"doorgestuurd bericht|пересланное сообщение|пересылаемое сообщение)\b[^\n]*\n"
)
FIELD = re.compile(r"[ \t*]*[^\W\d_]{1,14}\.?\*?[ \t]*:[^\n]*(?:\n|$)")
ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]+(?:\.[\w-]+)+)")
ANYBODY = frozenset(
    ["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com",
     "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "orange.fr",
     "wanadoo.fr", "free.fr", "libero.it", "mail.ru", "yandex.ru", "ya.ru", "uol.com.br"]
)  # fmt: skip
MOST_FIELDS = 7


def own_reply(case: ReplyCase) -> ReplyText:
    """The reply split into own words and others', a colleague's forwarded offer among the own."""
    reply = split_reply(case.text, case.html)
    passed = [
        span for match in DIVIDER.finditer(reply.body) if (span := _theirs(reply, match, case))
    ]
    if not passed:
        return reply
    return replace(reply, own=tuple(sorted({*reply.own, *passed})))


def _theirs(reply: ReplyText, divider: "re.Match[str]", case: ReplyCase) -> Span | None:
    """The words under the forward's header where a colleague wrote them; None where not."""
    if any(start <= divider.start() < end for start, end in reply.own):
        return None
    start, writer = divider.end(), None
    for _line in range(MOST_FIELDS):
        field = FIELD.match(reply.body, start)
        if not field:
            break
        writer = writer or ADDRESS.search(field.group())
        start = field.end()
    sender = ADDRESS.search(case.sender)
    if not writer or not sender or writer.group().lower() == sender.group().lower():
        return None
    domain = sender.group(1).lower()
    if writer.group(1).lower() != domain or domain in ANYBODY:
        return None
    quoted = find_quoted(reply.body[start:])
    end = start + quoted[0][0] if quoted else len(reply.body)
    return (start, end) if reply.body[start:end].strip() else None
