"""Fields with shapes of their own: aircraft, certificates, papers, metals, hours. Pure."""

import re
from collections.abc import Callable
from typing import Any

from quotes.extraction.case import Evidence
from quotes.extraction.reader import Reader

Found = tuple[Any, Evidence]

AIRCRAFT = re.compile(
    r"\b(?:(?:Cessna |Bombardier |Embraer |Dassault |Beechcraft |Pilatus )?(?:Citation|Learjet|Lear|Phenom|Hawker|Gulfstream|Challenger|Global|Falcon|King Air|Legacy|Praetor|Premier|Westwind|Astra|Nextant|Eclipse|Beechjet|Pilatus|Cessna|Piaggio|Sovereign|Latitude|Longitude|HondaJet|Vision Jet)"
    r"(?:[ -](?:(?:Sovereign|Latitude|Longitude|Mustang|Excel|Encore|Bravo|Ultra|Express|Avanti|Evolution|XLS\+?|XL|X|CJ\d\+?|M2|V|VII|II|III|Jet|PC-?\d+(?:NGX?)?|[A-Z]{0,3}-?\d{2,4}[A-Z]{0,3}(?:\+|\b))))*\+?"
    r"|G-?(?:150|200|280|400|450|500|550|600|650|700)(?:ER)?|CJ\d\+?|PC-?(?:12|24)(?: ?NGX?)?|XLS\+?|CL-?\d{3}|TBM ?\d{3}|BBJ|ACJ ?\d{3})(?!\w)"
)
TAIL = re.compile(
    r"\b(?:N\d{1,5}[A-Z]{0,2}|[A-Z]{1,2}-[A-Z]{3,4}|D-[A-Z]{4}|9H-[A-Z]{3}|OE-[A-Z]{3})\b"
)
INCOTERM = re.compile(r"\b(?:EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP)\b")
CONTAINER = re.compile(
    r"\b(?:\d\s?x\s?)?(?:20|40)\s?(?:['’]|ft|HC|HQ|GP|DV|foot)\s?(?:HC|HQ|GP|DV)?\b", re.I
)
METAL = re.compile(
    r"\b(?:(?:9|10|14|18|22|24)\s?(?:k|kt|ct|karat|carat)\s?(?:white |yellow |rose |red |pink )?gold|platinum(?: 950)?|(?:750(?:er)?|585(?:er)?)?\s?(?:weißgold|gelbgold|roségold|rotgold)|or (?:blanc|jaune|rose)(?: 18 ?(?:k|carats))?|oro (?:blanco|amarillo|rosa)(?: de 18 quilates)?|(?:бел|ж[её]лт|розов)\w+ золот\w+(?: 750| 585)?|платин\w+|palladium)\b",
    re.I,
)
CARAT = re.compile(
    r"\b(\d{1,2}[.,]\d{1,2}|\d{1,2})\s?-?\s?(?:ct|cts|carats?|karat|quilates|карат\w*)\b(?!\s?(?:white|yellow|rose|gold))",
    re.I,
)
CLARITY = re.compile(r"\b(?:FL|IF|VVS[12]|VS[12]|SI[123]|I[123])\b")
COLOR = re.compile(
    r"\b([D-M])(?:[- ]?(?:colou?r|farbe|цвет))?(?=[ ,/]+(?:FL|IF|VVS|VS|SI|VVS[12]|VS[12]|SI[12])|\s?colou?r)",
    re.I,
)
CUT = re.compile(
    r"\b(?:round brilliant|brilliant|cushion|octagonal|emerald cut|oval|pear|princess|marquise|asscher|radiant|heart|baguette|cabochon|brillantschliff|smaragdschliff|ovalschliff)\b",
    re.I,
)
CERTIFICATE = re.compile(
    r"\b(GIA|IGI|HRD|SSEF|AGL|Gübelin|Gubelin|GRS|EGL|GUILD)\b(?:[^\n.,;)]{0,22}?(\d{5,12}))?", re.I
)
STOCK = re.compile(
    r"\b\d{2,3}\s?(?:#|lb\.?|gsm|g/m²|g/m2|g/qm|г/м²|gr?)\s?(?:[a-zà-ÿа-я]+\s?){0,3}", re.I
)
FINISH = re.compile(
    r"\b(?:no coating|uncoated|(?:matte?|gloss|satin|silk|soft[- ]touch|aqueous|uv)\s?(?:lamination|laminate|coating|varnish|aqueous|finish|cellophan\w*|laminiert)?|matt(?:kaschiert|laminiert)?|glanz(?:kaschiert|laminiert)?|pelliculage \w+|laminado \w+|матов\w+ ламинаци\w+|глянцев\w+ ламинаци\w+|без ламинации)\b",
    re.I,
)
LICENCE = re.compile(
    r"\b(?:PPO|PSIRA|SIA|CNAPS|TIP|ACO|DPS|BSIS|PSP|Class [A-D]|Lic(?:ense|ence)?)\s?(?:#|no\.?|nr\.?|:)?\s?[A-Z]{0,3}-?\d[\w-]{2,}",
    re.I,
)
SUPPORT = re.compile(
    r"\b24\s?[/x]\s?7\b|\b(?:mon|mo|lun|пн)\w*\s?(?:-|–|to|bis|au|a|до)\s?(?:fri|fr|ven|vie|sat|sa|sam|пт|sun)\w*,?\s?\d{1,2}(?::\d\d)?\s?(?:am)?\s?(?:-|–|to|bis|à|a|до)\s?\d{1,2}(?::\d\d)?\s?(?:pm|uhr|h)?|\b8x5\b",
    re.I,
)
RESPONSE = re.compile(
    r"\b(\d{1,3}|one|two|four|thirty|fifteen)[\s-]?(minutes?|mins?|hours?|hrs?|business days?|days?|stunden?|minuten|heures?|horas|minutos|час\w*|минут\w*)\b(?=[^.\n]{0,25}\b(?:response|respon[ds]\w*|reaktion\w*|intervention|respuesta|реаги\w+|sla)|\b)",
    re.I,
)
YACHT = re.compile(
    r"\b(?:[MS]/?[YV]|Motor Yacht|Sailing Yacht|Catamaran|Gulet|Motoryacht)\s[“\"«]?[A-ZÀ-ÞА-Я][\w'’-]+(?:\s(?:[A-ZÀ-ÞА-Я][\w'’-]+|of|II|III|IV))*[”\"»]?"
)
VEHICLE = re.compile(
    r"\b(?:(?:Mercedes(?:-Benz)?|BMW|Cadillac|Lincoln|Chevrolet|Chevy|Ford|Audi|Tesla|Toyota|VW|Volkswagen|Range Rover|GMC)\s)?(?:Sprinter|S-?Class|S-Klasse|V-?Class|V-Klasse|E-?Class|E-Klasse|Suburban|Escalade|Navigator|Yukon(?: XL)?|7[- ]Series|7er|A8|Transit|Caravelle|Multivan|Maybach|mini-?bus|minibús|motor ?coach|limousine)\b",
    re.I,
)
VILLA = re.compile(
    r"\b(?:(?:Villa|Casa|Finca|Chalet|Château|Domaine|Haus|Mas|Masseria|Cottage|Вилла|Шале)\s(?:[A-ZÀ-ÞА-Я«\"][\w'’«»\"-]+|de[sl]?|du|la|le|les|d'[A-ZÀ-Þ]\w+)(?:\s(?:[A-ZÀ-ÞА-Я][\w'’-]+|de[sl]?|du|la|le|les))*|[Ll]a maison des? [A-Z][\w'’-]+)"
)
PHYSICIAN = re.compile(
    r"\b(?:Dr\.?(?: med\.?)?|Prof\.?|Doctor|доктор|д-р)\s[A-ZÀ-ÞА-Я][\w'’-]+(?:\s[A-ZÀ-ÞА-Я][\w'’-]+)?"
)
SPACE = re.compile(
    r"\b(?:the\s)?((?:[A-ZÀ-Þ][\w'’-]+\s){0,3}(?:Orangery|Ballroom|Room|Hall|Terrace|Salon|Suite|Pavilion|Gallery|Loft|Library|Barn|Courtyard|Rooftop|Saal|Salón|Raum|Garten|Gewölbe))\b"
)
LANGUAGES = {
    "english": "EN", "german": "DE", "french": "FR", "spanish": "ES", "italian": "IT", "russian": "RU",
    "portuguese": "PT", "dutch": "NL", "polish": "PL", "ukrainian": "UK", "chinese": "ZH", "japanese": "JA",
    "arabic": "AR", "englisch": "EN", "deutsch": "DE", "französisch": "FR", "spanisch": "ES", "italienisch": "IT",
    "russisch": "RU", "anglais": "EN", "allemand": "DE", "français": "FR", "espagnol": "ES", "italien": "IT", "russe": "RU",
    "inglés": "EN", "alemán": "DE", "francés": "FR", "español": "ES", "italiano": "IT", "ruso": "RU",
    "русский": "RU", "русского": "RU", "русск": "RU", "немецкий": "DE", "немецк": "DE", "английский": "EN", "английск": "EN", "французский": "FR", "испанский": "ES",
}  # fmt: skip
PAIR = re.compile(
    r"\b(?P<a>[^\W\d]{2,12})\s?(?:->|→|↔|⇄|–|-|/|to|into|nach|ins|vers|al|на|en)\s?(?P<b>[^\W\d]{2,12})\b",
    re.I,
)
FLOWERS = re.compile(
    r"\b(?:roses?|peon(?:y|ies)|hydrangeas?|orchids?|tulips?|lil(?:y|ies)|ranunculus|anemones?|eucalyptus|dahlias?|branches|rosen|pfingstrosen|hortensien|pivoines|hortensias|rosas|peonías|пион\w*|роз\w*|гортензи\w*|sweet peas?|delphiniums?|carnations?)\b",
    re.I,
)
FBO = re.compile(
    r"\b(Signature|Meridian|Atlantic|Million Air|Jet Aviation|Sheltair|Ross|Modern Aviation|Jetex|ExecuJet|Wilson Air|Clay Lacy|Sky Harbour|Harrods|Cutter)(?:\sAviation)?\b"
)
MENU = re.compile(
    r"\b(?:barbe[cq]ue|bbq|buffet|family[- ]style|plated|canapés?|cocktail|tasting menu|food stations?|à l'assiette|fingerfood|flying buffet|tapas|brunch)\b",
    re.I,
)
FEE = re.compile(
    r"\b(?:flat fee|fixed fee|hourly|percentage of \w+|cost[- ]plus|per square \w+|lump sum|pauschalhonorar|pauschal|forfait|honoraires (?:fixes|au forfait)|tarifa plana|precio cerrado|фиксированн\w+|почасов\w+)\b",
    re.I,
)


def _first(pattern: re.Pattern[str], group: int = 0) -> Callable[[Reader], Found | None]:
    def read(reader: Reader) -> Found | None:
        match = pattern.search(reader.text, reader.offset) or pattern.search(reader.text)
        if not match:
            return None
        evidence = reader.evidence(*match.span(group))
        return " ".join(evidence.text.split()).strip(' ,.;:“”"«»'), evidence

    return read


def _carat(reader: Reader) -> Found | None:
    match = CARAT.search(reader.text)
    if not match:
        return None
    value = float(match.group(1).replace(",", "."))
    return (int(value) if value.is_integer() else value), reader.evidence(*match.span())


def _certificate(reader: Reader) -> Found | None:
    match = CERTIFICATE.search(reader.text)
    if not match:
        return None
    value = " ".join(filter(None, (match.group(1), match.group(2))))
    return value, reader.evidence(*match.span())


def _pair(reader: Reader) -> Found | None:
    for match in PAIR.finditer(reader.text):
        codes = [_code(match["a"]), _code(match["b"])]
        if all(codes) and codes[0] != codes[1]:
            return "-".join(filter(None, codes)), reader.evidence(*match.span())
    return None


def _code(word: str) -> str | None:
    if word.isupper() and len(word) == 2 and word in set(LANGUAGES.values()):
        return word
    return LANGUAGES.get(word.lower())


def _flowers(reader: Reader) -> Found | None:
    matches = list(FLOWERS.finditer(reader.text))
    if not matches:
        return None
    names = list(dict.fromkeys(match.group().lower() for match in matches))
    return ", ".join(names), reader.evidence(*matches[0].span())


def _menu(reader: Reader) -> Found | None:
    found = _first(MENU)(reader)
    return (found[0].lower(), found[1]) if found else None


ARMED = re.compile(
    r"\b(?P<no>unarmed|unbewaffnet\w*|non[- ]armés?|no armad\w+|desarmad\w+|sin armas|без оружия|невооруж\w+)|\b(?:armed|bewaffnet\w*|armés?|armad[oa]s?|вооруж\w+)\b",
    re.I,
)


def _armed(reader: Reader) -> Found | None:
    match = ARMED.search(reader.text)
    return (match["no"] is None, reader.evidence(*match.span())) if match else None


READERS: dict[str, Callable[[Reader], Found | None]] = {
    "aircraft": _first(AIRCRAFT), "tail_number": _first(TAIL), "incoterm": _first(INCOTERM), "container": _first(CONTAINER), "metal": _first(METAL),
    "carat": _carat, "clarity": _first(CLARITY), "color": _first(COLOR, 1), "cut": _first(CUT), "certificate": _certificate, "stock": _first(STOCK), "finish": _first(FINISH),
    "licence": _first(LICENCE), "support_hours": _first(SUPPORT), "response_time": _first(RESPONSE), "yacht": _first(YACHT), "vehicle": _first(VEHICLE), "villa": _first(VILLA),
    "physician": _first(PHYSICIAN), "space": _first(SPACE, 1), "language_pair": _pair, "flowers": _flowers, "departure_fbo": _first(FBO), "menu_style": _menu, "fee_model": _first(FEE), "armed": _armed,
}  # fmt: skip
# Fields whose words occur in prose too often to be read any other way.
ONLY = frozenset({"aircraft", "tail_number", "incoterm", "container", "metal", "carat", "clarity", "color", "cut", "certificate", "language_pair", "flowers", "departure_fbo", "yacht", "physician"})  # fmt: skip
