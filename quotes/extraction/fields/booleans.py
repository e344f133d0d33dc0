"""Yes or no from what stands around a field's word: included, extra, free, not possible. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from crm.categories.schema import FieldSpec
from quotes.extraction import cues
from quotes.extraction.case import Evidence
from quotes.extraction.cue_patterns import cue
from quotes.extraction.reader import Clause, Reader
from quotes.extraction.sheet import Sheet

Found = tuple[bool, Evidence]
Span = tuple[int, int]

# Directly before the word, at most three words away: "no pool", "sans vaisselle".
NO_BEFORE = re.compile(
    r"(?:(?<=\d\s)\+|(?<=\d)\+|\b(?:no|not|without|excluding|excludes?|exclusive of|excl\.?|minus|add|plus|street|metered|(?:does|do)(?: not|n['’]?t) (?:include|have|offer|provide|come with|cover|do|make|handle|bring|supply|run):?|"
    r"(?:can|could)(?:['’]t|not) (?:do|offer|provide)|(?:you|client|host)(?:['’]d| would|['’]ll| will)? (?:(?:need|have) to|supply|provide|bring|buy|source|handle)|sans|pas (?:de|d['’])|hors|ohne|kein\w*|zzgl\.?|exkl\.?|sin|no (?:incluye|disponemos de|tenemos|hay)|"
    r"без|нет|не включает|senza|non (?:include|comprende)|sem|zonder|geen|excl\.?))\s?(?:an? |the |any |our |le |la |les |el |los |dedicated |own )*"
    r"(?:[\w-]+ (?:and |or |& |und |oder |et |ou |ni |y |o |и |или )?){0,2}$"
)
# Behind it: what becomes of it. The nearest decides.
NO_AFTER = cue(
    r"\b(?:handled|run|done|provided|supplied|served) (?:by|through|via|directly by) (?:the |your |an? )?(?:venue|hotel|you|others|outside|client|third)\b",
    r"\bnot (?:yet )?(?:included|in|part|on|available|possible|provided|allowed|permitted|covered|needed)\b",
    r"\b(?:is|are|was|does|do|can|could)(?: not|n['’]t)\b",
    r"\bn['’]t\b",
    r"\bextra\b",
    r"\bseparate(?:ly)?\b",
    r"\badditional\b",
    r"\bon top\b",
    r"\bexcluded\b",
    r"\bbilled\b",
    r"\bat cost\b",
    r"\boptional(?:ly)?\b",
    r"\bif (?:needed|required|you (?:need|want|like))\b",
    r"\b(?:on|upon) request\b",
    r"\bunavailable\b",
    r"\b(?:discretion\w*|up to you|customary|not expected)\b",
    r"\b(?:for|on) (?:\w+['’]?s? ){1,3}(?:account|expense|cost)\b|\bzu lasten\b|\bà la charge\b|\ba cargo de[l]?\b|\bза сч[её]т (?:получателя|заказчика|клиента)\b",
    r"\b(?:supplied|provided|brought|arranged|organised) by (?:you|the (?:client|host|venue|publisher))\b|\byour own\b|\byou (?:bring|provide|supply|arrange)\b|\bvon (?:ihnen|euch)\b|\bpar vos soins\b|\bpor su cuenta\b|\bваш[аиеу]?\b|\bnot needed\b",
    r"\b(?:the (?:buyer|client|venue|receiver)['’]s job|up to the \w+|your own affair)\b",
    r"\bis yours\b|\bon you\b|\bat your (?:discretion|cost)\b|\bappreciated\b|\bextra\b",
    r"\bcan (?:be )?(?:added|arranged|quoted|add|arrange)\b",
    r"\bnicht\b(?! nur)",
    r"\b(?:auf wunsch|bajo pedido|a petición|su richiesta|op verzoek|по запросу|sob pedido)\b",
    r"\b(?:separat|gesondert|extra|zzgl\.?|exklusive|auf anfrage|gegen aufpreis|nach (?:aufwand|verbrauch|beleg|ihrem ermessen)|optional|käme|kommt)\b",
    r"\b(?:non (?:compris\w*|inclus\w*)|pas (?:compris\w*|inclus\w*)|en sus|en supplément|en option|sur demande|à votre charge)\b",
    r"\b(?:no (?:está[n]? )?inclu\w+|aparte|adicional\w*|opcional\w*|bajo petición|no disponible)\b",
    r"\b(?:не (?:включ\w*|вход\w*|предусмотр\w*)|отдельно|дополнительно|за доплату|нет\b)",
    r"\b(?:non (?:è |sono )?(?:inclus|compres)\w+|esclus\w+|a parte|não (?:está |estão )?incluíd\w+|niet inbegrepen|niet|apart|exclusief)\b|(?<!\w)à parte\b",
    r"\bnão (?:está |estão |são )?inclu[ís]\w+\b|\b(?:discrétion|discreción|discrezione|discrição|ermessen|eigen inzicht|усмотрени\w+)\b",
    r"\bnach (?:belieben|wunsch)\b|\b(?:macht|machen|stellt|bringt|organisier\w+) (?:ihr|sie) selbst\b|\byou(?:['’]d|['’]ll| would| will)? (?:need|bring|provide|supply|arrange) your own\b|\bby (?:yourselves|yourself|the client)\b|\b(?:müssten|müssen) sie selbst\b",
    r"\b(?:liegt bei ihnen|bleibt ihnen überlassen|is left to you|is up to you)\b",
    r"\b(?:freiwillig|facoltativ\w+|facultati\w+|vrijwillig|voluntari\w+|по желанию)\b",
    r": ?no\b",
)
YES_AFTER = cue(
    r"\bcomes? with (?:it|that|the|every|each)\b|\b(?:is|are) mine\b|\b(?:kostet|kosten) nichts\b|\bcosts? nothing\b|\bnichts extra\b|\bnothing extra\b|\b(?:ohne aufpreis|ohne aufschlag|senza supplemento|sans supplément|sin suplemento|sem custo|без доплат\w*)\b",
    r"\b(?:en préstamo|leihweise|als leihgabe|en prêt|in prestito|te leen|emprestad\w+|on loan)\b",
    r"\bfoc\b|\bf\.o\.c\b|\bfine\b|\b(?:ammess|consentit|accettat)[oiae]\b|\btoegestaan\b|\b(?:zugelassen|gestattet)\b|\bразреш\w+|\b(?:aceit[oe]s?|autorizad\w+)\b",
    r"\b(?:cortesía|cortesia|regalo|omaggio|cadeau|gracieux|geschenkt|подарок|on top of that free)\b|\baufs haus\b|\bpor cuenta de la casa\b",
    r"\bin (?:that|this|the) (?:number|figure|sum|amount|cost|quote|offer|package)\b|\bof course\b|\bpor supuesto\b|\bbien sûr\b",
    r"\b(?:auch|ebenfalls|ebenso|тоже|также|también|anche|également|aussi|ook|também|as well|too|likewise)\W*$",
    r"\bzit(?:ten)? (?:er)?(?:bij|in)\b|\bis erbij\b|\berbij\b|\binbegrip\w*\b",
    r"\b(?:ist|sind) (?:schon )?drin\b|\bmachen wir (?:gern )?mit\b",
    r"\b(?:kein problem|no problem|pas de (?:problème|souci)|sin problema|nessun problema|geen probleem|sem problema|не проблема)\b",
    r"\binclu(?:ded|sive|d|sion)\b",
    r"\bincl\b",
    r"\bin (?:the |that )?(?:price|rate|fee|there|total)\b",
    r"\b(?:is|are) in\b(?! \w+ (?:condition))",
    r"\b(?:for )?free\b",
    r"\bcomplimentary\b",
    r"\b(?:at )?no (?:extra |additional )?(?:charge|cost)\b",
    r"\bon (?:us|me)\b|\bon the house\b|\b(?:baked|thrown|built|rolled|folded) in\b|\bwith (?:our|my) compliments\b|\bgeht auf (?:uns|mich)\b|\b(?:schenken|spendieren|übernehmen) wir\b|\bfallen? keine? an\b",
    r"\b(?:corren?|va|van) (?:de|por) (?:mi|nuestra) cuenta\b|\bpor (?:mi|nuestra) cuenta\b|\blo regalamos\b|\ba nostro carico\b|\b(?:lo )?offriamo\b|\bvoor onze rekening\b|\bза наш сч[её]т\b",
    r"\bon board\b|\bonboard\b",
    r"\bwelcome\b|\ballowed\b|\b(?:is|are) (?:fine|ok|okay)\b|\bok\b|\bpermitted\b",
    r"['’]s (?:ours|on us|covered)\b|\b(?:is|are) part of (?:it|the (?:deal|price|package))\b|\bl[ao]s? (?:regalamos|ponemos)\b|\bva\w* en el precio\b",
    r"\b(?:is|are) (?:provided|covered|ours|thrown in)\b|\bprovided\b|\bcovered\b",
    r"\b(?:inkl\w*|inbegriffen|enthalten|dabei|kostenlos|kostenfrei|gratis|frei|im preis|willkommen|erlaubt|vorhanden)\b",
    r"\b(?:compris\w*|inclus\w*|offert\w*|gratuit\w*|accepté\w*|autorisé\w*|prévu\w*)\b",
    r"\b(?:incluid\w*|gratis|gratuit\w*|sin (?:coste|cargo)|admitid\w*|permitid\w*|en el precio|va incluid\w*|incluye)\b",
    r"\b(?:включ[её]н\w*|вход[ия]т\w*|бесплатн\w*|предусмотр\w*|в цене|в стоимост\w+|есть)\b",
    r"\b(?:compres[aoei]|inclus[aoei]|gratuit[aoei]|inbegrepen|inclusief|incluíd\w*|grátis)\b",
    r"✓|✔|: ?(?:yes|ja|oui|s[ií]|да)\b",
)
YES_BEFORE = cue(
    r"\b(?:includ(?:es?|ing)|incl\.?|inclusive of|comes? with|with|covers?|bring(?:s|ing)?|provid(?:e|es|ing)|suppl(?:y|ies|ying)|throw(?:ing)? in|"
    r"free|complimentary|part of|equipped|have|has|offers?|we (?:do|handle|take care of)|plus free|all|yes)\b",
    r"\b(?:inkl\.?|inklusive|einschließlich|mit|enthält|enthalten(?: sind)?|beinhaltet|bringen|stellen|kostenlose[rsnm]?|samt|haben)\b",
    r"\b(?:compren\w+|inclu(?:t|ant|s)|avec|y compris|compris|offre|fournissons)\b",
    r"\b(?:incluye\w*|incluid[oa]s?|con|comprende|ponemos|llevamos)\b",
    r"\b(?:включая|включает|включено|входят|входит|с|есть|предоставля\w+)\b",
    r"\b(?:compres[aoi]|incluso|con|comprende|inclui|com|inclusief|incl\.|met)\b",
    r"✓|✔",
)
ASIDE = re.compile(r"\([^()\n]{0,60}\)")
BUT = re.compile(r"\s(?:but|however|aber|jedoch|mais|pero|но|ma|mas|maar)\s|[()]|\s[–—]\s")
# Words that say by themselves that a thing is done.
DONE = re.compile(
    r"(?:installed|delivered|placed|on board|livrée?s?|geliefert|frei haus|entregad\w+|loaners?|gefrei|retouched|our people)$"
)
# "42 plants", "4 techs": what is counted is supplied.
COUNTED = re.compile(r"\b(?:\d{1,4}|daily|weekly|full-time|live-in)\s(?:[^\W\d]+\s){0,2}$")
# A drink without alcohol is no bar, a "PDF proof of payment" no proof.
OTHER_THING = re.compile(
    r"\b(?:your own|own|soft|salsa|juice|coffee|dessert|salad|candy|snack|alkoholfreie|non-?alcoholic|hot|безалкогольн\w+|living|dining|credit|bar of|proof of|bring your own)\s$"
)
# Of a fact (a pool, parking) only this says no: it may cost extra and is still there.
NOT_NEEDED = re.compile(
    r"\s(?:within|inside|between|needed|required|necessary|au sein|dans|en|innerhalb|notwendig|nötig|erforderlich|necesari\w+|dentro|necessari\w+|nodig|внутри|не нужн\w+)\b"
)
NO_CHARGE = re.compile(r"\s(?:charges?|fees?|costs?|surcharges?|expenses|supplement)\b")
ABSENT = cue(
    r"\b(?:not|n['’]t|unavailable|nicht|kein\w*|pas|no (?:est|disp|hay|es)\w*|нет|не|non|niet|geen|não|for (?:\w+['’]?s? ){1,3}(?:account|cost|expense)|zu lasten|auf anfrage|on request)\b"
)
# What is there or not, whatever it costs.
THERE = frozenset({"pool", "parking", "wifi", "climate_controlled", "certified"})
# There against payment is there.
OFFERED = frozenset({"parking"})


def read_boolean(
    reader: Reader,
    spec: FieldSpec,
    *,
    price_at: int = -1,
    extras: Sequence[Span] = (),
    parts: Sequence[int] = (),
    sheet: Sheet | None = None,
) -> Found | None:
    """True or false from the words; None where the thing is only mentioned.

    `extras` are where amounts on top of the price stand, `parts` where those that add up to it do;
    a row of the total's `sheet` is in it.
    """
    beside = () if spec.name in OFFERED else extras
    fallback: Found | None = None
    for clause, match in _mentions(reader, spec):
        text = reader.words(clause)
        start, end = clause.start + match.start(), clause.start + match.end()
        said = _in_price(text, clause, start, parts, sheet)
        if said is None:
            said = _said(text, match, clause, beside, spec.name in THERE)
        if said is not None:
            return said, reader.evidence(start, end)
        counted = COUNTED.search(text[: match.start()])
        if fallback is None and (counted or _told(spec, match.group(), clause, price_at)):
            fallback = True, reader.evidence(start, end)
    return fallback


def _mentions(reader: Reader, spec: FieldSpec) -> Iterator[tuple[Clause, "re.Match[str]"]]:
    """Where the field's word stands, but in questions and where it means another thing."""
    pattern = _pattern(tuple(spec.reply_words), reader.language)
    for clause in reader.clauses if pattern else ():
        text = reader.words(clause)
        if pattern is None or text.rstrip().endswith("?"):
            continue
        for match in pattern.finditer(text):
            if not OTHER_THING.search(text[: match.start()]):
                yield clause, match


def _in_price(
    text: str, clause: Clause, at: int, parts: Sequence[int], sheet: Sheet | None
) -> bool | None:
    """True for what an amount that adds up to the price is for, or a row of its sheet."""
    # "Streaming - 5 200 PLN": a dash ends the clause, not the line.
    reach = clause.end + (3 if DASHED.search(text) else 0)
    if any(clause.start <= part < reach for part in parts):
        return True
    return _in_row(at, sheet)


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    if not words:
        return None
    names = "|".join(map(re.escape, words))
    # German and Dutch write things together: "Warentransportversicherung".
    joined = r"\w{0,18}" if language in {"de", "nl"} else ""
    long = "|".join(re.escape(word) for word in words if len(word) > 6)
    prefixed = f"|(?<!\\w){joined}(?:{long})(?:e?s|en?)?" if joined and long else ""
    # Plurals everywhere; Russian cases change the end of any longer word.
    ending = r"\w{0,7}" if language == "ru" else r"(?:e?s|n|en)?"
    bent = "|".join(re.escape(word) for word in words if len(word) > 4)
    plural = f"|(?<!\\w)(?:{bent}){ending}" if bent else ""
    return re.compile(rf"(?:(?<!\w)(?:{names}){plural}{prefixed})(?!\w)")


def _in_row(at: int, sheet: Sheet | None) -> bool | None:
    """A row that the total adds up is in the price."""
    if sheet is None:
        return None
    row = next((row for row in sheet.rows if row.start <= at < row.end), None)
    if row is None or row.kind != "item":
        return None
    return row.start < sheet.total.start


def _said(
    text: str, match: "re.Match[str]", clause: Clause, extras: Sequence[Span], fact: bool
) -> bool | None:
    """What the words before and behind say, the nearest first."""
    before, after = text[: match.start()], text[match.end() :]
    bracket = ASIDE.match(after.lstrip())
    if bracket and _verdict(bracket.group()) is not None and not _verdict_soon(after):
        return _verdict(bracket.group())
    # "Gratuity (18%) is separate": what stands in brackets is aside.
    after = ASIDE.sub(lambda aside: " " * len(aside.group()), after)
    before, after = BUT.split(before)[-1], BUT.split(after)[0]
    refused = NO_BEFORE.search(before[-60:])
    # "£218 + VAT delivered": the tax comes on top, not what follows it.
    if refused and not cues.TAX.search(refused.group()):
        if NOT_NEEDED.match(after):
            return None  # "no customs within the Benelux"
        return bool(NO_CHARGE.match(after))  # "no travel charge"
    segment = re.split(r",\s|;|\s/\s", after)[0]
    if fact and (ABSENT.search(segment[:60]) or not _charged(clause, match, segment, extras)):
        return not ABSENT.search(segment[:60])
    if _charged(clause, match, segment, extras):
        return False
    said = _verdict(segment[:70])
    if said is None:
        if YES_BEFORE.search(re.split(r"(?:,|;)\s", before)[-1][-45:]):
            return True
        if _listed(before[-90:]):
            return True
        # "Delivered and assembled, sales tax on top": what comes on top is the tax.
        taxed = cues.TAX.search(after)
        said = _verdict(after[: min(80, taxed.start() if taxed else 80)])
    return said


def _verdict_soon(after: str) -> bool:
    """Whether the sentence itself goes on to say it, behind the bracket."""
    rest = re.split(r",\s|;|\.\s", ASIDE.sub("", after, count=1))[0]
    return _verdict(rest[:40]) is not None


def _charged(clause: Clause, match: "re.Match[str]", segment: str, extras: Sequence[Span]) -> bool:
    """Whether an amount on top of the price stands behind the word, before the next comma."""
    start = clause.start + match.end()
    if DASHED.search(segment) and any(0 <= at - clause.end <= 3 for at, _end in extras):
        return True  # "Certification - $35": the dash ended the clause
    inside = (at - start for at, _end in extras if start <= at < start + len(segment))
    return any(not segment[at].isspace() for at in inside)  # a bracket's amount is its own


DASHED = re.compile(r"[-–—]\s*$")


def _verdict(words: str) -> bool | None:
    """The first word of inclusion or exclusion; "not included" starts before "included"."""
    yes, no = YES_AFTER.search(words), NO_AFTER.search(words)
    if yes and no:
        return yes.start() < no.start()
    return True if yes else False if no else None


def _listed(before: str) -> bool:
    """ "We bring the smoker, our people and …": a list that began with a yes."""
    ends = [match.end() for match in YES_BEFORE.finditer(before)]
    rest = before[ends[-1] :] if ends else ""
    return bool(ends) and not NO_AFTER.search(rest) and not YES_AFTER.search(rest)


def _told(spec: FieldSpec, word: str, clause: Clause, price_at: int) -> bool:
    """Whether naming the thing is saying yes: something done, part of the offer's own line."""
    in_offer = clause.start <= price_at < clause.end and not spec.name.endswith("_allowed")
    return bool(DONE.search(word)) or in_offer
