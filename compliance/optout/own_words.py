"""What the sender wrote now: without quoted mail, reactions, and lines a phone or program adds.

A footer of ours that comes back in a quote says nothing about what the sender wants.
"""

import re

ADDED = re.compile(
    r"(?im)^[\s*_-]*(?:sent (?:from|via|with|using)|get outlook|отправлено (?:с|из|через)|"
    r"enviado (?:desde|con|por)|obtener outlook|gesendet (?:von|mit)|von meinem|diese nachricht|"
    r"envoy[ée] (?:de|depuis|avec)|t[ée]l[ée]charge|inviato da|enviado do|wysłane z|надіслано з)\b.*$"
)
TRAILING_ADDED = re.compile(
    r"(?is)[\s,.-]+(?:sent from (?:my )?(?:i\s?phone|i\s?pad|samsung|android|galaxy|mobile|phone|"
    r"outlook|yahoo|gmail|proton)\b|отправлено с (?:моего )?(?:iphone|айфон|samsung|android)|"
    r"enviado desde mi (?:iphone|ipad|samsung|android|m[oó]vil|celular)|"
    r"von meinem (?:iphone|ipad|handy|samsung)|envoy[ée] de mon (?:iphone|ipad))[^\n]{0,40}$"
)
REACTION = re.compile(
    r"^\s*(?:(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|reacted \S+ to|"
    r"removed an? \w+ from|le gust[oó]|понравилось|gef[äa]llt|a aim[ée])\s*[“\"«].*[”\"»]?\s*)$",
    re.IGNORECASE | re.DOTALL,
)
WROTE = re.compile(
    r"(?:\b(?:wrote|writes|schrieb|escribi[oó]|a [ée]crit|ha scritto|escreveu|schreef|napisa[łl]a?|"
    r"написала?|написал\(а\)|писала?|пишет|пише|написав)|<[^<>\s]+@[^<>\s]+>)\s*:\s*$",
    re.IGNORECASE,
)
DATED = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./]\d{1,2}")
DIVIDER = re.compile(
    r"^[\s>]*(?:begin forwarded message|[-_*=]{2,}[^\n]*(?:original|forwarded|weitergeleitet|"
    r"urspr[üu]nglich|reenviado|transf[ée]r|inoltrato|исходное|пересыла|пересланн)[^\n]*)",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*_{10,}\s*$")
FIELD = re.compile(
    r"^[\s*]*(?:from|sent|to|date|subject|cc|von|gesendet|an|betreff|datum|de|enviado|para|asunto|"
    r"fecha|envoy[ée]|[àa]|objet|от|отправлено|кому|тема|дата)\*?\s*:\*?\s*\S",
    re.IGNORECASE,
)

BEGINS = re.compile(r"\s*(?:on|am|el|le|il|em|op|dnia|den|в|пн|вт|ср|чт|пт|сб|вс)\b", re.IGNORECASE)


def own_words(text: str) -> tuple[str, str]:
    """(what they wrote, what they quoted), lines as they stand."""
    if REACTION.match(text):
        return "", ""
    own: list[str] = []
    quoted: list[str] = []
    lines = text.splitlines()
    index = 0
    while index < len(lines):
        height = _attribution(lines, index)
        if height and _marked_follow(lines, index + height):
            index += height  # inline and bottom replies: only the marked lines are quoted
        elif height or _begins_history(lines, index):
            quoted.extend(lines[index:])
            break
        else:
            (quoted if lines[index].lstrip().startswith((">", "|>")) else own).append(lines[index])
            index += 1
    written = TRAILING_ADDED.sub("", ADDED.sub("", "\n".join(own)))
    return written.strip(), "\n".join(quoted)


def _attribution(lines: list[str], index: int) -> int:
    """How many lines an "On Monday, Ann wrote:" takes here, else 0."""
    joined = ""
    for height in range(1, 4):
        line = lines[index + height - 1] if index + height <= len(lines) else ""
        if not line.strip() or (height > 1 and BEGINS.match(line)):
            return 0
        joined = f"{joined} {line.strip()}"[:400]
        if WROTE.search(joined) and DATED.search(joined):
            return height
        if not BEGINS.match(joined):
            return 0
    return 0


def _marked_follow(lines: list[str], index: int) -> bool:
    following = next((line for line in lines[index : index + 3] if line.strip()), "")
    return following.lstrip().startswith((">", "|>"))


def _begins_history(lines: list[str], index: int) -> bool:
    """A divider, or a block of From/Sent/To/Subject lines, after which all is quoted."""
    line = lines[index]
    if DIVIDER.match(line):
        return True
    ruled = bool(RULE.match(line))
    if ruled or FIELD.match(line):
        fields = sum(bool(FIELD.match(other)) for other in lines[index : index + 6])
        return fields >= (2 if ruled else 3)
    return False
