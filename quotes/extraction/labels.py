"""What an extra is called: the few words that name it, from either side of its figure. Pure."""

import re

LONGEST = 120
# Where the name ends: the verb that says what becomes of it.
PREDICATE = re.compile(
    r"\s*(?:\b(?:is|are|isn['’]?t|aren['’]?t|was|be|can|could|may|would|will|'d|costs?|comes?|gets?|has|have|applies|apply|"
    r"runs?|billed|charged|passed on|available|starts?|if needed|if required|"
    r"ist|sind|wird|werden|wäre\w*|kostet|kosten|beträgt|betragen|kommt|kommen|käme\w*|liegt|fällt|fallen|berechnen|"
    r"est|sont|sera|seront|serait|seraient|coûte\w*|s['’]ajoute\w*|s['’]élève\w*|revient|"
    r"es|son|sería\w*|será\w*|está\w*|va(?= aparte)|cuesta\w*|salen?(?= (?:a|por|en)\b)|se (?:cobra|factura)\w*|"
    r"составля\w+|состав\w+|стоит|оплачива\w+|не (?:включ|вход)\w+|"
    r"è|sono|sarebbe\w*|costa\w*|custa\w*|são|é|zijn|kost|bedraagt|komt)\b|[:=@]|\((?!s\)))",
    re.IGNORECASE,
)
FILLER = re.compile(
    r"^(?:and|plus|but|or|also|then|und|oder|aber|et|mais|y|pero|o|и|а|но|e|ma|en|maar|there['’]?s?(?: is| are)?|"
    r"we|i|you|it|they|wir|ich|sie|nous|je|vous|on|nosotros|мы|"
    r"an?|the|your|our|any|some|another|for|of|at|with|from|to|in|per|about|approx\.?|around|"
    r"der|die|das|den|dem|ein|eine[rnms]?|für|von|mit|auf|ab|ca\.?|rund|"
    r"le|la|les|un|une|des?|du|l['’]|d['’]|pour|avec|à|au|environ|"
    r"el|los|las|una|unos|del?|para|con|por|unos|aprox\.?|"
    r"за|на|с|со|в|от|около|примерно|приблизительно|ориентировочно|"
    r"il|lo|gli|uno|di|da|per|os?|as?|um|uma|do|het|een|van|voor|à parte|"
    r"zzgl\.?|zuzüglich|exkl\.?|excl\.?|excluding|hors|más|più|mais|без|плюс|\+|"
    r"(?:the )?(?:price|rate|prices?)(?= exclude)|excludes?|exclude|adds?|added|only|flat|just|up|"
    r"charge|charges|take|takes|need|needs|budget|say)\b(?!-)\s*",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\s+(?:and|plus|und|et|y|и|e|en|for|of|at|with|from|to|in|per|à|de|du|des|la|le|von|mit|für|auf|ab|zu|por|para|"
    r"con|a|an|the|до|за|на|от|di|da|al|van|voor|not|extra|additional|separate(?:ly)?|on top|en sus|en plus|en supplément|"
    r"aparte|adicional\w*|дополнительно|отдельно|a parte|à parte|pauschal|dazu|hinzu|extra\.?|optional\w*|ca\.?|only|"
    r"nicht|pas|no|non|не|niet|não|nach ihrem ermessen|suggested|flat|one[- ]time|each way|up to|about|around|"
    r"unless \w+|when \w+|currently|gerade|dann|noch|jeweils|actuellement)$",
    re.IGNORECASE,
)
EDGE = " \t,;:.()•*–—-+|\"“”«»'"
MARKS = re.compile(
    r"[.!?]\s(?=[A-ZА-ЯÀ-Þ])|,(?!\d)|[;()\n•|]|\s{2,}|\s[–—-]\s|\s(?:but|aber|mais|pero|но|ma|maar)\s"
)
ANDS = re.compile(r"\s(?:and|und|et|y|и|e|en)\s")


def name_of(left: str, right: str, *, tight: bool = False) -> str:
    """The words before a figure that name what it is for, else those behind it; "" if none do.

    `tight` joins nothing over an "and": "8% tax and 22% service" is two things.
    """
    before = _before(left, tight)
    return before or _after(right)


def _before(words: str, tight: bool) -> str:
    pieces = MARKS.split(words)
    if tight:
        pieces = [part for piece in pieces for part in ANDS.split(piece)]
    for piece in reversed(pieces[-3:]):
        name = _clean(piece)
        if name:
            return name
    return ""


def _after(words: str) -> str:
    piece = ANDS.split(MARKS.split(words.lstrip(" )"))[0])[0]
    return _clean(piece)


def _clean(piece: str) -> str:
    """Filler off both ends, everything from the verb on off the end; at most eight words."""
    piece = piece.strip(EDGE)
    previous = None
    while previous != piece:
        previous = piece
        piece = FILLER.sub("", piece).strip(EDGE)
    piece = PREDICATE.split(piece, maxsplit=1)[0].strip(EDGE)
    previous = None
    while previous != piece:
        previous = piece
        piece = TAIL.sub("", piece).strip(EDGE)
        piece = FILLER.sub("", piece).strip(EDGE)
    if not re.search(r"[^\W\d]{3,}", piece) and not re.fullmatch(r"[A-ZА-Я]{2,4}", piece):
        return ""
    words = piece.split()[-8:]
    name = " ".join(words)
    return (name[:1].upper() + name[1:])[:LONGEST]


def with_rate(label: str, rate: str) -> str:
    """The name with what the figure is per: "Overtime per hour"."""
    unit = " ".join(rate.split()).strip(EDGE)
    if not unit or unit.lower() in label.lower():
        return label[:LONGEST]
    unit = f"per {unit.removeprefix('/').strip()}" if rate.strip().startswith("/") else unit
    return f"{label} {unit}"[:LONGEST]
