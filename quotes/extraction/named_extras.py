"""Extras named without a figure: "de-icing is billed at cost", "boissons non comprises". Pure."""

import re
from collections.abc import Iterator, Sequence

from quotes.extraction import cues
from quotes.extraction.case import Evidence, ExtraRead
from quotes.extraction.labels import ANDS, name_of
from quotes.extraction.reader import Reader

MOST = 6
# The thing, then that it is not in the price.
NOT_IN = re.compile(
    r"\b(?:(?:is|are|be|gets?|ist|sind|wird|werden|est|sont|sera|seront|es|son|están?|va|van|è|sono|é|são|zijn)\s)?"
    r"(?:(?:billed|charged|invoiced|quoted|passed on|priced)\s)?(?:(?:if|as|when) (?:needed|required|incurred)\s)?"
    r"(?:extra\b|separate(?:ly)?\b(?! (?!and|or|from|at|to|on|as|in|line|charge|cost)[^\W\d])|(?:a )?pass(?:ed)?[- ]?(?:through|along)\b|refacturée?s?\b|(?:werden|wird) (?:extra |separat |gesondert )?(?:weiter)?(?:berechnet|verrechnet)\b|se (?:facturan?|cobran?|pagan?) (?:aparte|al coste|según)\b|on top\b|at cost\b(?! (?:plus|\+))|(?:at|on) actuals?\b|(?:billed|charged|invoiced|payable|paid) (?:by|to) the \w+\b|(?:may|might|can) apply\b(?! (?:after|later|from|when))|(?:billed|charged|invoiced) (?:after|later|afterwards|separately|at the end)\b|a piè di lista\b|a (?:vostro|suo|tuo|loro) carico\b|sache des (?:auftraggebers|kunden|empfängers)\b|(?:billed|charged|invoiced) as incurred\b|(?:is|are) actuals?\b|(?:is|are) (?:the )?(?:tenant|client|guest|charterer|customer|renter|buyer|host|hirer)s?['’]s?(?=\W|$)|(?:goes|go) (?:straight|directly) (?:through|to)\b|à (?:la )?charge d(?:u|e la|e l['’])\b|(?:i|we) (?:pass|bill|charge) (?:on|through|back|at cost)\b|at market (?:price|rate)\b|not (?:yet )?(?:included|incl\.?|in)\b|excluded\b|(?:is|are) not(?=[.;\n]|$)|"
    r"(?:is|are)n['’]?t (?:included|part of)\b|on you\b|(?:is|are) yours\b(?! (?:to|if|for|on|until|till|through|by|when)\b)|at your (?:cost|expense)\b|(?:at destination )?for (?:\w+['’]?s? ){1,3}account\b|zu lasten\b|additional\b(?! \w)|"
    r"nicht (?:enthalten|inbegriffen|inklusive|dabei)\b|nach (?:\S+-)?(?:aufwand|verbrauch|beleg)\b(?! ab\b)|gesondert\b|"
    r"(?:rechnen|berechnen) wir (?:nach(?! aufwand ab\b)|separat|gesondert)\b|exklusive\b|"
    r"(?:if|as) used\b|prepaid (?:and|&) added\b|(?:by|according to|per|on) consumption\b|(?:according to|as per|against) (?:invoice|receipts?)\b|nach verbrauch\b|(?:selon|sur) (?:facture|justificatifs?)\b|según factura\b|laut rechnung\b|selon (?:la )?consommation\b|según consumo\b|a consumo\b|по факту\b|"
    r"op nacalculatie\b|(?:naar|volgens) verbruik\b|(?:worden|wordt) door(?:belast|berekend)\b|(?:wird|werden) weiterberechnet\b|por cuenta (?:del|de la)\b|por su cuenta\b|"
    r"vor ort zu (?:zahlen|bezahlen|entrichten)\b|paid (?:on arrival|on site|locally)\b|payable locally\b|à régler sur place\b|a pagar (?:en destino|allí)\b|da pagare in loco\b|"
    r"en sus\b|en plus\b|en supplément\b|au réel\b|non (?:comprise?s?|incluse?s?)\b|à votre charge\b|ne sont pas (?:comprise?s?|incluse?s?)\b|n['’]est pas (?:comprise?|incluse?)\b|"
    r"no (?:está[n]? )?inclu\w+|aparte\b|a su cargo\b|corre\w* por su cuenta\b|"
    r"не включ[её]н\w*|не вход\w+|оплачива\w+ отдельно|отдельно\b|за ваш сч[её]т\b|gegen (?:aufpreis|gebühr)\b|fait l['’]objet d['’]un devis\b|(?:sur )?devis (?:à part|séparé)\b|"
    r"a parte\b|esclus[aoei]\b|non (?:è |sono )?(?:inclus|compres)\w+|à parte\b|não (?:está |estão |são )?inclu[ís]\w+|niet (?:inbegrepen|inclusief)\b|apart\b(?! (?:zetten|houden|leggen))|"
    r"(?:is|are|will be) (?:for|borne by|payable by|paid by|on) (?:the |your )?(?:consignee|client|customer|receiver|importer|guest|side|end|account)\b|"
    r"by (?:the )?(?:consignee|receiver|importer|client|customer|buyer|owner)\b(?! (?:by|on|before))|(?:at|by|according to) (?:real|actual|effective) costs?\b|оплачивает (?:заказчик|клиент)\b|(?:payée?s?|réglée?s?) par (?:le client|vos soins)\b|(?:lo|la|los|las) paga el cliente\b|betaalt de klant\b|trägt der (?:kunde|empfänger|auftraggeber)\b|vom (?:kunden|empfänger) zu tragen\b|"
    r"à la charge (?:du|de la|de l['’])\w*|a carico (?:del|della|vostro|suo)\b|a cargo (?:del|de la)\b|por conta do\b|voor rekening van\b|за сч[её]т (?:заказчика|получателя|клиента)\b)",
    re.IGNORECASE,
)
# "plus travel", "zzgl. Enteisung nach Aufwand": the thing behind the word.
PLUS = re.compile(
    r"\b(?:(?:not included|nicht (?:enthalten|inbegriffen)|non (?:compris|inclus[oi]?)|no incluido|niet inbegrepen|не включено)\s?:|except(?: for)?|save for|apart from|außer|sauf|excepto|tranne|eccetto|кроме|(?<!au )(?<!de )(?<!en )(?<!le )plus(?!\s(?:tard|tôt|que|de|ou))|excluding|excludes?|excl\.|exclusive of|zzgl\.|zuzüglich|exkl\.|hors(?! d['’])|más(?! (?:allá|de|tarde|que|información|detalles|adelante))|sin incluir|più|exclusief|плюс)\s(?:gesetzl\w*\.?\s|geltende\w*\s)?"
    r"(?P<what>(?!\d|[$€£])[^\d.,;:()\n$€£%]{3,40})",
    re.IGNORECASE,
)
# "+ FET (7.5%) and segment fees": the tax is told elsewhere.
BESIDE_TAX = re.compile(
    r"(?:\+|\b(?:plus|zzgl\.?|hors|más|più))\s[^\W\d]{2,12}\s\(?\d[\d.,]*\s?%\)?,?\s(?:and|und|et|y|e|&)\s"
    r"(?:the\s)?(?P<what>[^\d.,;:()\n$€£%]{3,40})",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"\b(?:nothing|no|nichts|kein\w*|sans|sin|senza|niente|rien|geen|niets|nada|ничего|без)\s*$",
    re.IGNORECASE,
)
DEPENDS = re.compile(r"\W*(?:if|wenn|falls|si|se|если|als)\b", re.IGNORECASE)
PRICED_THING = re.compile(r"\s?[\d$€£]")
# "Wij leggen hem een week voor u apart" is a kindness, no charge.
KEPT_ASIDE = re.compile(r"\b(?:leggen|leg|zetten|zet|houden|houd)\b")
EACH = re.compile(r"\b(?:each|every|per|jede\w*|chaque|cada|ogni|каждый)\s*$", re.IGNORECASE)
NO_MORE = re.compile(r"\b(?:ne\b|n['’])[^.,;\n]{0,45}$", re.IGNORECASE)
HOLDING = re.compile(
    r"\b(?:includ\w+|incl\.?|adds?|gets? you|gives? you|comes? with|covers?|with|contains?|enthält|umfasst|mit|comprend|avec|incluye|con|включает|incluso|comprende)\b[^.;:\n]*$",
    re.IGNORECASE,
)
MORE_THAN = re.compile(
    r"plus (?!la\b|le\b|les\b|l['’]|une?\b|des?\b|du\b|tva|taxes?\b|frais|\d)", re.IGNORECASE
)
# "… are billed separately and medication too"
LIKEWISE = re.compile(
    r"\s?,?\s(?:and|as (?:is|are)|und|et|y|e|и|en)\s(?P<what>[^.,;:()\n\d$€£%]{3,40}?)\s(?:too|as well|also|likewise|auch|ebenso|ebenfalls|aussi|également|también|tampoco|anche|тоже|также|ook)\b",
    re.IGNORECASE,
)
# "You'd hire caterer and bar separately": no charge of this vendor's
THEIR_OWN = re.compile(
    r"\byou(?:['’](?:d|ll)| would| will| can)? (?:hire|bring|arrange|book|supply|provide|source)\b",
    re.IGNORECASE,
)
LASTING = re.compile(
    r"\d\s?(?:weeks?|days?|months?|hours?|minutes?|wks|hrs|mins)\s*$", re.IGNORECASE
)
IDLE = frozenset(
    [
        "that",
        "which",
        "this",
        "it",
        "what",
        "they",
        "these",
        "those",
        "price",
        "prices",
        "rate",
        "rates",
        "all",
        "everything",
        "nothing",
        "quote",
        "offer",
        "das",
        "dies",
        "diese",
        "alles",
        "preis",
        "ce",
        "cela",
        "ça",
        "prix",
        "tout",
        "esto",
        "eso",
        "precio",
        "todo",
        "это",
        "все",
        "цена",
        "ist",
        "not",
        "extra",
        "charge",
        "eur",
        "euro",
        "usd",
        "gbp",
        "chf",
    ]
)


def read_named(
    reader: Reader, taken: Sequence[str], price_at: int = -1
) -> list[tuple[ExtraRead, Evidence]]:
    """Things on top that no figure goes with; `taken` are the names of extras already read."""
    found: list[tuple[ExtraRead, Evidence]] = []
    known = [_names(label) for label in taken]
    for start, end, label in _candidates(reader, price_at):
        label = untaxed(label)
        names = _names(label)
        if not names - IDLE or cues.TAX.search(label.lower()) or any(names & one for one in known):
            continue
        known.append(names)
        found.append((ExtraRead(label), reader.evidence(start, end)))
    return found[:MOST]


def untaxed(label: str) -> str:
    """ "Taxes and customs clearance": the tax is told elsewhere, the rest is here."""
    if not cues.TAX.search(label.lower()):
        return label
    rest = [part for part in ANDS.split(label) if not cues.TAX.search(part.lower())]
    return name_of(rest[-1], "") if rest else ""


def _names(label: str) -> set[str]:
    return set(re.findall(r"[^\W\d]{3,}", label.lower()))


def _candidates(reader: Reader, price_at: int) -> list[tuple[int, int, str]]:
    """(start, end, label) in the reader's text."""
    return [*_left_out(reader), *_added(reader, price_at)]


def _left_out(reader: Reader) -> Iterator[tuple[int, int, str]]:
    """The thing, then that it is not in the price."""
    for match in NOT_IN.finditer(reader.text):
        clause = reader.clause_at(match.start())
        before = reader.text[clause.start : match.start()]
        if DEPENDS.match(before) or any(one.search(before) for one in NO_CHARGE):
            continue  # "8-10 weeks on top", "if they don't confirm the house is yours"
        label = _label(before)
        if not label or re.search(r"\d|[$€£]", label):
            continue
        at = reader.text.rfind(label[1:], clause.start, match.start()) - 1
        yield max(clause.start, at), match.end(), label
        also = LIKEWISE.match(reader.text, match.end(), clause.end)
        if also and (other := name_of("", also["what"])):
            yield also.start("what"), also.end("what"), other


NO_CHARGE = (LASTING, NOTHING, EACH, THEIR_OWN, KEPT_ASIDE)


def _label(before: str) -> str:
    """What the words before "is extra" call it."""
    if re.search(r",[^,]*\d[^,]*,\s*$", before):
        return name_of(before.split(",")[0], "")  # "Crew gratuity, customarily 15-20%, is not …"
    label = name_of(before, "")
    if not re.search(r"\d|[$€£]", label):
        return label
    parts = re.split(r"[\d$€£%]+", before)
    measured = re.search(r"\d\s?[^\W\d]{1,3}\s*$", before)  # "Wi-Fi over 100 MB is billed"
    return name_of(parts[0 if measured else -1], "")


def _added(reader: Reader, price_at: int) -> Iterator[tuple[int, int, str]]:
    """ "plus travel": the thing behind the word."""
    for match in (*PLUS.finditer(reader.text), *BESIDE_TAX.finditer(reader.text)):
        clause = reader.clause_at(match.start())
        ahead = reader.text[clause.start : match.start()]
        if NO_MORE.search(ahead) or HOLDING.search(ahead):
            continue  # "n'est malheureusement plus libre", "includes backup plus after-hours"
        if reader.language == "fr" and MORE_THAN.match(match.group()):
            continue  # "la seconde me paraît plus adaptée"
        if PRICED_THING.match(reader.text, match.end()):
            continue  # its amount is read as such
        label = name_of("", match["what"])
        # "ten centrepieces plus a bouquet, 1.140 in all": what is named before the price is in it.
        if label and not match.start() < price_at < clause.end:
            yield match.start("what"), match.end("what"), label
