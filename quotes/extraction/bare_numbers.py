"""Tells which numbers without a currency are prices, by what stands around them. Pure."""

import re

from quotes.extraction import cues
from quotes.extraction.amounts import CODES, Amount
from quotes.extraction.reader import Reader
from quotes.extraction.units import read_rate

AS_TOTAL = re.compile(
    r"(?:=|→|\b(?:zusammen|together|altogether|in all|en tout|in totale|en total|samen|вместе|soit|so|thus|hence|somit|also|mithin|donc|ergeben|ergibt|ergeben sich|entspricht|es decir|o sea|pari a|то есть|что составляет|oftewel|gives|(?:so|thus|hence|somit)\b[^.,;$€£]{2,40}\b(?:be|is|are|to|at)|dus|quindi|итого|total\w*|totaal|gesamt\w*|insgesamt|(?<!after )(?:that|which) (?:is|makes|comes to)|"
    r"(?:so |that )?(?:you|we)(?:['’]re| are) at|(?:puts|brings|gets) (?:you|it|us) (?:at|to)|makes|macht(?: zusammen| dann)?|fait|font|hacen?|выходит|получается|ossia|ou seja|или|всего|so for [^.,;\d$€£]{2,30}))\W{0,3}(?:of |von |de |di |rund |ca\.? )?(?:[$€£₽]|chf|eur|usd|gbp)?\s?$"
)


def told_as_price(reader: Reader, amount: Amount, *, alone: bool) -> bool:
    """A number without currency is a price only where the words around it say so.

    Beside amounts that have one (not `alone`) the words must stand directly before it.
    """
    if OTHERS_SIGN.match(reader.text, amount.end):
        return False  # "Phenom 300 GBP 14,750"
    written = reader.text[amount.start : amount.end].lower()
    behind = reader.lower[amount.end : amount.end + 24]
    if (KARATS.fullmatch(written) and FINENESS.match(behind)) or _is_phone(reader, amount):
        return False
    if not alone and not written[:1].isalpha():
        return _told_beside_others(reader, amount, written, behind)
    if written[:1].isalpha():
        return bool(read_rate(reader.text, amount.end).units) or not COUNTED.match(behind)
    if SCALED.search(written) and (not COUNTED.match(behind) or not NOUN.match(behind)):
        return True
    if written.endswith("-"):
        return True
    rated = read_rate(reader.text, amount.end).units
    if amount.value < 1:
        return bool(rated)  # "14 cents a word"
    if _is_name(reader, amount):
        return False
    if GROUPED.fullmatch(written) and not NOUN.match(behind):
        return True  # "16,400 round trip": money is written so, and nothing is counted
    counted = COUNTED.match(behind) and not FOLLOWED.match(behind)
    if not rated and counted and not cues.TOTAL.match(behind.strip()):
        return False
    if rated or _said_so(reader, amount, behind):
        return amount.value >= (LEAST_RATE if rated else LEAST)
    return amount.value >= LEAST_ALONE and _stands_alone(reader, amount, behind)


def _stands_alone(reader: Reader, amount: Amount, behind: str) -> bool:
    """ "Garden room 4500 till eleven": in a mail without any sign a number that nothing counts."""
    ahead = reader.text[max(0, amount.start - 16) : amount.start]
    closed = ENDS.match(reader.lower, amount.end) or FOLLOWED.match(behind)
    return bool(closed) and not LABELLED.search(ahead)


def _told_beside_others(reader: Reader, amount: Amount, written: str, behind: str) -> bool:
    clause = reader.clause_at(amount.start)
    said = reader.lower[max(clause.start, amount.start - 14) : amount.start]
    ahead = reader.lower[max(clause.start, amount.start - 40) : amount.start]
    counted, ends = COUNTED.match(behind), ENDS.match(reader.lower, amount.end)
    if (
        PLUS_SIGN.search(said)
        and not DIALS.match(reader.text, amount.end)
        and (ends or not counted)
    ):
        return True  # "rush next day +100"
    if CHARGED.search(ahead) and ends and not DATED.fullmatch(written):
        return True
    named = (
        NAMING.search(said)
        or (AS_TOTAL.search(said) and not counted)
        or (amount.value >= 1000 and read_rate(reader.text, amount.end).units)
        or (IS.search(ahead) and (ends or IF_WANTED.match(behind)))
        or ("k" in written and not counted)
    )
    return amount.value >= 100 and bool(named)


def _said_so(reader: Reader, amount: Amount, behind: str) -> bool:
    """Whether the clause says that it is a price."""
    clause = reader.clause_at(amount.start)
    before = reader.lower[max(clause.start, amount.start - 40) : amount.start]
    return bool(
        cues.TOTAL.search(reader.words(clause))
        or cues.OFFER.search(before)
        or cues.REVISED.search(before)
        or (IS.search(before) and not COUNTED.match(behind))
        or AS_TOTAL.search(before)
        or NET.match(behind)
        or (SAYING.search(before) and (ENDS.match(behind) or FOR_IT.match(behind)))
    )


def _is_name(reader: Reader, amount: Amount) -> bool:
    """ "King Air 350", "Falcon 2000": the number of a model."""
    ahead = reader.text[max(0, amount.start - 24) : amount.start]
    return bool(MODEL.search(ahead)) and not SENTENCE.search(ahead)


def _is_phone(reader: Reader, amount: Amount) -> bool:
    ahead = reader.text[max(0, amount.start - 12) : amount.start]
    return bool(DIALLED.search(ahead) or DIGITS_ON.match(reader.text, amount.end))


LEAST, LEAST_RATE, LEAST_ALONE = 50, 5, 100
KARATS = re.compile(r"(?:9|10|14|18|22|24)k")
FINENESS = re.compile(r"\s?(?:white|yellow|rose|red|pink|w|y|wg|yg|rg|gold|kt)\b", re.IGNORECASE)
DIALS = re.compile(r"[ ./-]\(?\d")
DATED = re.compile(r"[0-3]?\d[.][01]\d")  # "18.03"
PLUS_SIGN = re.compile(r"(?<!\w)\+\s?$")
FOLLOWED = re.compile(
    r"\s?(?:for|flat|all|plus|\+|incl\w*|inkl\w*|inc|net|total|till?|until|both|each|even|delivered|shipped|installed|picked|cash|tax|"
    r"if|or|and|but|with|w/|per|brutto|netto|ttc|ht|tutt[oi]|todo|tout|за|всего|und|et|y|für|pour|para|on|in|wire|either|round|one[- ]way|excl\w*|ex|zzgl)\b"
)
# "ticket 48212", "Suite 400", "lic. C09": a number that names something.
LABELLED = re.compile(
    r"(?:[#№]|\b(?:ticket|case|ref|no|nr|num|n°|lic\w*|flight|suite|ste|room|unit|apt|box|code|zip|ext|page|pos|art|item|est|ppo|gate|hall|terminal|"
    r"model|type|order|quote|po|po box|account|acct|tel|id|batch|lot|seats?|capacity|max|up to|over|under|for|x|×|by|to|from|since|until|till|@))[.:]?\s$",
    re.IGNORECASE,
)
DIALLED = re.compile(
    r"(?:\+\d{1,3}[ (]*|\d[ /)-]|\b(?:tel|fon|phone|mob\w*|cell|fax|тел)\b\W*)$", re.IGNORECASE
)
DIGITS_ON = re.compile(r"[ /.-]\d\d")
SCALED = re.compile(r"\d\s?k|тыс|tsd|tausend|mila|mille|\bmil\b|duizend|thousand|grand|lakh|crore")
GROUPED = re.compile(
    r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d\d)?(?:\s?(?:-|–|to|bis|à|a)\s?[\d.,'’ ]+)?"
)
# "Sprinter 519": a capitalised word that opens no sentence.
MODEL = re.compile(r"(?:[A-ZÀ-ÞА-ЯЁ][\w-]{2,}|\b[A-Z]{2,4})[ -]$")
SENTENCE = re.compile(r"(?:^|[.!?:]\s|\n)\s*[^\W\d]+[ -]$")
# What is counted, weighed or measured, not paid.
NOUN = re.compile(
    r"[ -]?(?:words?|wörter\w*|wort|mots?|palabras?|parole|palavras|woorden|слов\w*|characters?|zeichen|signes|знак\w*|"
    r"copies|pieces?|pcs|units?|sets?|stk|stück\w*|exemplar\w*|exemplaires|ejemplares|copie|stuks|шт\w*|экз\w*|"
    r"sq\.?|sf|sqft|ft|feet|m²|m2|qm|kg|kgs|lbs?|pounds of|km|miles?|nm|kva|w|watts?|lumens?|gsm|g/|mm|cm|m|"
    r"people|guests?|pax|persons?|heads?|seats?|personen|gäste|personnes|invités|personas|invitados|ospiti|человек|гост\w*|"
    r"flyers?|cards?|brochures?|booklets?|programs?|programmes?|posters?|invitations?|copies|sheets|labels|envelopes|books?|catalogues?|"
    r"karten|broschüren|plakate|einladungen|bögen|cartes|affiches|folletos|tarjetas|carteles|листовок|буклет\w*|визит\w*|"
    r"pages?|seiten|páginas|pagine|hours?|hrs?|stunden|heures|horas|час\w*|days?|tage|jours|días|minutes?|min|"
    r"images?|photos?|bilder|fotos?|chairs?|desks?|stühle|users?|licen[cs]es|employees|mitarbeiter\w*|plants?|stems?)\b"
)
SAYING = re.compile(
    r"\b(?:at|for|um|für|à|por|per|за|voor|a|around|about|roughly|ca\.?|circa|environ|unos|около|pay|asking|get|take|takes|want|need|cost|costs|wants|charge)\s(?:about |around )?$"
)
FOR_IT = re.compile(
    r"\s(?:for|on|if|with|and|incl\w*|plus|all|flat|total|net|cash|tops?|max|each|either|one[- ]way|round|door|delivered|per)\b"
)
# "Devis n° 26-1182", "Estimate 7716", "Trip #11823"
NUMBERED = re.compile(
    r"(?:[#№]|\bn[°ºo]|\bnr|\bref|\b(?:quote|estimate|est|devis|angebot|offerte|order|trip|job|invoice|rechnung|presupuesto))\.?\s?(?:[\w./]+-)*$",
    re.IGNORECASE,
)
# "Delivery downtown 350, …" among amounts that have their sign.
CHARGED = re.compile(
    r"\b(?:delivery|freight|shipping|install\w*|assembly|set-?up|cleaning|clean|travel|parking|liftgate|rush|gratuity|service|overtime|mail|postage|courier|"
    r"lieferung|versand|montage|anfahrt|reinigung|livraison|ménage|entrega|envío|limpieza|consegna|spedizione|levering|verzending|доставка|заверение|срочность|подача)\b[^\d,.;]{0,12}$"
)
ENDS = re.compile(r"\s?(?:[,.;\n]|$)")
OTHERS_SIGN = re.compile(rf"[ \t]?(?:{CODES}|[$€£])[ \t]?\d")
IF_WANTED = re.compile(r"\s(?:if|falls|wenn|si|se|если|als)\b")
NAMING = re.compile(
    r"\b(?:call it|make it|say|do it for|price is|total is|comes to|macht|soit|serían|итого|pay)\s(?:about )?$"
)
# "1,450 sq ft", "135 g/m²", "500 brochures": a number of things.
COUNTED = re.compile(
    r"\s?(?!incl|inkl|all\b|plus|net|total|excl|with|zzgl|compris|ttc|ht\b|tutto|todo|tout|flat|even\b|cash|brutto|netto|w/|or\b|if\b|and\b|but\b|und\b|aber\b|et\b|mais\b|y\b|pero\b|и\b|for\b|für\b|pour\b|para\b|per\b|за\b)(?:[^\W\d_]{1,3}\b(?<!for)(?<!all)(?<!inc)(?<!net)|[^\W\d_]{4,}|%|°|[\"'’])"
)
IS = re.compile(
    r"\b(?:is|are|be|it['’]?s|(?<=\w)['’]s|costs?|kostet|kosten|wäre bei|liegt bei|macht|coûte|fait|son|cuesta|costa|kost|стоит|выйдет)\s(?:about |around |roughly |ca\.? |rund )?$"
)
NET = re.compile(r"\s?(?:net|plus|\+|inc|incl|ex|excl|all in|zzgl|netto|ht|ttc)\b")
