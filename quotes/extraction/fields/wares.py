"""Fields about things that are made: stones, papers, furniture, flowers, crates, screens. Pure."""

import re

from outreach.reading.tongues import find_language_pair
from quotes.extraction.fields.figures import number as to_number
from quotes.extraction.fields.figures import plain
from quotes.extraction.fields.matching import FieldReader, Found, first_of, taken
from quotes.extraction.reader import Reader

FINE = r"(?:(?:9|10|14|18|22|24)\s?-?(?:k|kt|ct|karats?|carats?|kar(?:at)?|quilates|carati)\.?|750(?:er)?|585(?:er)?|950(?:er)?|333(?:er)?)"
METAL = re.compile(
    rf"\b(?:{FINE}\s?(?:white |yellow |rose |red |pink )?(?:gold|weißgold|gelbgold|roségold|rotgold|platin)|(?:white|yellow|rose) gold|platinum(?: 950)?|platin(?: 950)?|platine|platino|"
    rf"weißgold|gelbgold|roségold|or (?:blanc|jaune|rose|gris)(?: {FINE})?|oro (?:blanco|amarillo|rosa|bianco|giallo)(?: de)?(?: 18 ?(?:k|kt|quilates|carati))?|"
    r"(?:бел|ж[её]лт|розов|красн)\w+ золот\w+(?: (?:750|585)(?: проб\w+)?)?|золот\w+ (?:750|585)(?:[- ]?\w* проб\w+)?|платин\w+|palladium|palladio|sterling silver|925 silver)(?!\w)",
    re.I,
)
CARAT = re.compile(
    r"(?<![\w.,])(\d{1,2}[.,]\d{1,3}|\d{1,2})\s?-?\s?(?:ct\b|cts\b|(?=round\b|oval\b|cushion\b|pear\b|princess\b|marquise\b|radiant\b|asscher\b|emerald cut\b)|carats?\b|karat\b|quilates\b|карат\w*|carati\b|karaat\b|кт\b)\.?(?!\s?(?:white|yellow|rose|red|gold|weiß|gelb))",
    re.I,
)
GOLD = re.compile(r"\b(?:or|oro|gold|золот\w+)\b[^.,;]{0,12}$")
CLARITY = re.compile(r"(?<!\w)(?:FL|IF|VVS\s?[12]|VS\s?[12]|SI\s?[123]|I[123])(?!\w)")
COLOR = (
    re.compile(
        r"\b(?P<v>[D-M])(?:[- /]?(?:colou?r|farbe|цвет))?(?=[ ,/]+(?:FL|IF|VVS|VS|SI)\s?[12]?\b)|\b(?P<w>[D-M])[ -]colou?r\b"
    ),
    re.compile(
        r"\b(?:colou?r|farbe|couleur|color|цвет|colore|kleur)\s?:?\s(?P<v>[D-M])\b(?! \w+ing)", re.I
    ),
    re.compile(
        r"\b(?P<v>(?:royal|cornflower|velvet|vivid|deep|intense|fancy|sky|pigeon[’' ]?s?)(?: (?:vivid|intense|deep|light))? (?:blue|green|red|yellow|pink|blood))\b",
        re.I,
    ),
)
CUT = re.compile(
    r"\b(?:round brilliants?|(?<=\d )round|(?<=ct )round|round(?=,? (?:[D-M]\b|diamond))|old european|old mine|brilliant(?: cut)?|cushion(?: cut)?|octagonal|emerald[- ]cut|ovale?|coussin|poire|pear|princess|marquise|asscher|radiant|heart|baguette|cabochon|"
    r"brillantschliff|smaragdschliff|ovalschliff|kissenschliff|taille (?:brillant|émeraude|coussin|ovale)|talla (?:brillante|esmeralda|princesa|oval|cojín)|"
    r"taglio (?:brillante|smeraldo|ovale)|огранка \w+|круглая огранка|кушон|овал\w*)\b",
    re.I,
)
CERTIFICATE = re.compile(
    r"\b(GIA|IGI|HRD|SSEF|AGL|AGS|Gübelin|Gubelin|GRS|EGL|GUILD|GCAL|DSEF|GGTL|LFG|ALGT|CISGEM|IGN|DPL|GCI|Lotus|Bellerophon|МГУ)\b(?:[^\n.,;)]{0,28}?((?:[A-Z]{0,5}\d{4}-)?\d{5,12}))?"
)
RING_SIZE = re.compile(
    r"\b(?:(?:ring )?size|ringgröße|größe|taille|tour de doigt|talla|размер|misura|tamanho|maat)\s?(?:actuelle? |atual |actual |aktuell |is |of |de |:|=|US |EU |FR )*\s?(?P<v>\d{1,2}(?:[.,]\d{1,2})?(?: ?[½¼¾])?|(?-i:[A-Z])(?: ?½)?)(?![\w%.,]\d|\w)",
    re.I,
)
SHEET = r"(?:\d{2,3}\s?(?:#|lbs?\.?\b|gsm\b|gr?/m²|g/m2|g/qm|gr?\b|grams?\b|gramm\b|grammes?\b|gramos\b|г/м²|г/м2|гр?\b|gms\b)|\d{2}\s?(?:pt\.?\b|point\b))"
PAPER = (
    r"(?:gloss|matte?|silk|satin|uncoated|coated|cover|text|offset|recycled|cotton|kraft|linen|laid|card|board|stock|paper|art|bilderdruck|offsetpapier|naturpapier|recyclingpapier|"
    r"karton|papier|matt|glänzend|glanz|semi-?matt|couché|brillant|mat|satiné|recyclé|offset|estucado|brillo|mate|reciclado|cartulina|papel|мелованн\w+|матов\w+|глянц\w+|офсетн\w+|"
    r"бумаг\w*|картон|halfglans|mat|glanzend|gesatineerd|patinata|opaca|lucida|usomano|carta|couchê|munken|[Cc]olorplan|[Gg]munden|pure)"
)
BRAND = (
    r"(?!Full|Digital|Offset|Price|Delivery|Lieferung|Livraison|Two|Four|Both)[A-ZÄÖÜ][a-zäöüé]{2,}"
)
SHADE = r"(?:(?:pearl|bright|natural|polar|soft|warm|diamond)[ -])?(?:white|ivory|cream|ecru|black|weiß|creme|blanc|blanco|bianco)"
STOCK = (
    re.compile(rf"(?<![\w.,]){SHEET}(?:\s{BRAND}){{1,2}}(?:\s(?:{SHADE}|{PAPER})(?!\w)){{0,2}}"),
    re.compile(
        rf"\b(?:(?:couch[ée]|offset|recyclé|satiné|brillant|mate?|estucado|reciclado|cartulina|patinata|opaca|lucida|usomano|мелованн\w+|матов\w+)\s){{1,3}}(?:de |di |da )?{SHEET}(?!\w)",
        re.I,
    ),
    re.compile(
        rf"\b(?:{PAPER}\s){{0,2}}(?:papier|papel|carta|бумага|paper)\s(?:{PAPER}\s){{0,2}}(?:de |di )?{SHEET}",
        re.I,
    ),
    re.compile(rf"(?<![\w.,]){SHEET}(?:[ \t]{PAPER}(?!\w)){{0,4}}", re.I),
)
COATED = re.compile(
    r"\b(?:no (?:coating|lamination|finish)|(?:spot uv|foil stamp\w*|(?:blind )?(?:emboss|deboss)\w*|letterpress|(?:matte?|gloss|satin|silk|soft[- ]touch|velvet|aqueous|uv|anti[- ]scuff)"
    r"[ -](?:lamin\w+|kaschiert|coat\w*|varnish\w*|aqueous|finish|cello\w*|lam|uv))|(?:matt|glanz|softtouch|folien)(?:folien)?(?:kaschiert|laminiert|kaschierung|lackiert)|"
    r"(?:uv-|drip[- ]?off|dispersions)?lack\w*|pelliculage \w+|vernis \w+|dorure \w+|(?:laminado|plastificado|barniz) \w+|(?:матов|глянцев)\w+ ламинаци\w+|без ламинации|"
    r"(?:plastificazione|plastificat\w+) \w+|(?:matte?|glans)[ -]?laminaat|mat gelamineerd|laminação \w+|uncoated|unbeschichtet|unlaminated)\b",
    re.I,
)
UNCOATED = re.compile(r"uncoated|unbeschichtet", re.I)  # of a paper as well
BARE_FINISH = re.compile(
    r"\b(?:letterpress|embossed|foil[- ]stamped|die[- ]cut|engraved|thermograph\w*|geprägt|gaufrage|matte?|gloss(?:y)?|satin|silk|glänzend|brillant|mat|mate|brillo|матов\w+|глянцев\w+)\b",
    re.I,
)
FLOWER = (
    r"(?:roses?|peon(?:y|ies)|hydrangeas?|orchids?|tulips?|lil(?:y|ies)|ranunculus|anemones?|eucalyptus|dahlias?|branches|sweet peas?|delphiniums?|carnations?|calla lilies|lisianthus|"
    r"jasmine(?: vine)?|smilax|wisteria|magnolias?|camellias?|chrysanthemums?|mums|thistles?|hyacinths?|irises|muscari|narciss\w+|cosmos|zinnias?|marigolds?|mimosas?|ruscus|pampas(?: grass)?|"
    r"berries|monstera|anthuriums?|strelitzias?|scabiosas?|waxflower|alstroemerias?|chamomile|poppies|cornflowers|agapanthus|alliums?|gladioli|foxgloves?|larkspur|nigella|viburnum|lilacs?|gerberas?|"
    r"sonnenblumen|flieder|chrysanthemen|margeriten|wiesenblumen|lavendel|efeu|farne?|freesien|lisianthus|lavande|jasmin|feuillages?|marguerites?|chrysanthèmes?|girasoles|margaritas|jazmín|lavanda|"
    r"crisantemos|dalias|follaje|girasoli|gelsomino|margherite|dalie|anemoni|zonnebloemen|lelies|dahlia['’]s|gipskruid|ranonkels|girassóis|lírios|margaridas|tulipas|"
    r"хризантем\w+|гербер\w+|лаванд\w+|гипсофил\w+|ирис\w*|георгин\w*|альстромери\w+|фрези\w+|анемон\w+|"
    r"snapdragons?|stock|greenery|foliage|ferns?|olive branches|baby['’]s breath|gypsophila|sunflowers?|freesias?|daffodils?|hellebores?|protea[s]?|amaranthus|astilbe|lavender|ivy|"
    r"rosen|pfingstrosen|hortensien|ranunkeln|tulpen|lilien|orchideen|eukalyptus|dahlien|schleierkraut|nelken|anemonen|olivenzweige|"
    r"pivoines?|hortensias?|renoncules?|tulipes?|lys|orchidées?|anémones?|eucalyptus|pois de senteur|œillets|lisianthus|gypsophile|"
    r"rosas?|peonías?|hortensias?|ranúnculos?|tulipanes|lirios|orquídeas?|eucalipto|anémonas?|claveles|paniculata|"
    r"роз[ыа]?|пион\w*|гортензи\w*|тюльпан\w*|лили[ия]|орхиде\w+|эвкалипт\w*|ранункулюс\w*|эустом\w+|"
    r"rose|peonie|ortensie|ranuncoli|tulipani|gigli|orchidee|pioenrozen|rozen|hortensia['’]?s|tulpen|peônias|hortênsias)"
)
LOOK = (
    r"(?:tall|garden|spray|white|ivory|cream|pink|blush|red|yellow|peach|coral|purple|blue|seasonal|wild|local|english|dutch|phalaenopsis|cherry|quince|calla|weiße|rosa|rote|weißen|"
    r"blanches?|roses? de jardin|blancas?|rojas?|белы[ех]|красны[ех]|bianche|witte)"
)
FLOWERS = re.compile(rf"(?<!\w)(?:{LOOK}\s){{0,2}}{FLOWER}(?!\w)(?! gold)", re.I)
MENU = re.compile(
    r"\b(?:barbe[cq]ue|bbq|(?:grill|flying |fingerfood-?|brunch-?)?buffet|family[- ]style|plated|passed (?:canapés|hors d['’]oeuvres)|canapés?|cocktail dînatoire|cocktail|tasting menu|food stations?|"
    r"small plates|bowl food|sit[- ]down|seated dinner|boxed lunch\w*|à l['’]assiette|repas assis|dîner assis|fingerfood|flying buffet|tapas|brunch|menú sentado|menú degustación|cóctel|"
    r"paella|gesetztes (?:menü|essen)|menü|фуршет|банкет|кофе-брейк|шведский стол|finger food|servit[ao] al tavolo|aperitivo|apericena|walking dinner|lopend buffet|coquetel(?: volante)?|servizio al tavolo|a buffet|churrasco|rodízio|grazing table|food truck|streetfood|street food|шведск\w+ стол)\b",
    re.I,
)
SMOKED = re.compile(
    r"\b(?:brisket|smoker|burnt ends|pulled pork|ribs|offset pit|grill(?:ed|ing)?)\b", re.I
)
CRATE_NAMED = re.compile(
    r"\b(?:(?:museum|travel|travelling|custom|wooden|plywood|climate|foam[- ]lined|insulated|shadow|new|bespoke|slim|slat|T-frame|reusable|rental)[- ]){1,3}(?:crates?|cases?|frames?)\b",
    re.I,
)
CRATE = re.compile(
    r"\b(?:(?:museum|travel|travelling|custom|wooden|plywood|climate|foam[- ]lined|insulated|shadow|single|double|new|bespoke|slim|slat|T-frame|reusable|rental)[- ]){0,3}(?:crates?|crating|travel frames?|t-frames?(?: (?:travel )?cases?)?|(?:travel|flight|transit) cases?)\b"
    r"|\b(?:\w*klima|museums|transport|einweg|mehrweg|maß)?kisten?\b|\bcaisses?(?: (?:musée|sur mesure|isotherme|bois|en bois|climatique)){0,2}|\bcajas? (?:de museo|de madera|a medida|climática)|\bmuseo-?kist\w*|\b(?:[а-яё]+(?:ый|ые|ых|ом|ой|ая) )?ящик\w*|\bcass[ae](?: (?:museale|in legno|su misura)){0,2}",
    re.I,
)
PACKED = re.compile(
    r"\b(?:soft[- ]pack\w*|soft[- ]wrap\w*|cardboard|luftpolster\w*|softpack\w*)\b", re.I
)
SERVICE = re.compile(
    r"\b(?:dedicated|shared|exclusive[- ]use|white[- ]glove|shuttle|consolidated|part[- ]load|groupage|express|standard|economy|premium|direct drive|hand[- ]carry|sonderfahrt|direktfahrt|"
    r"sammeltransport|beiladung|sammelfracht|transport dédié|dédié|navette|groupé|exclusivo|dedicado|grupaje|compartido|consolidado|выделенн\w+|сборн\w+|dedicato|furgone dedicato|koerier)\b",
    re.I,
)
SIZE = r"\d{1,2}(?:[.,]\d{1,2})?\s?(?:m|м|ft|['’]|meter|metres?|feet)?\s?[x×]\s?\d{1,2}(?:[.,]\d{1,2})?\s?(?:m\b|м\b|ft\b|['’]|meter|metres?|feet)?"
LED = (
    re.compile(
        rf"\b(?:led|светодиодн\w+|videowall|video wall|mur d['’]images|videowand)(?:[ -]?wall|[ -]?screen|[ -]?wand)?\b[^.;\n]{{0,40}}?(?P<v>{SIZE})",
        re.I,
    ),
    re.compile(rf"(?P<v>{SIZE})[^.;\n]{{0,20}}?\bled\b", re.I),
    re.compile(
        r"\b(?P<v>(?:P\d(?:\.\d)?|\d(?:\.\d)?\s?mm) LED(?: wall| screen)?|\d{2,3}[\"”]? ?(?:sqm|m²) LED(?: wall)?)",
        re.I,
    ),
)
CARRIER = re.compile(
    r"\b(?:Maersk|MSC|CMA[- ]CGM|Hapag[- ]Lloyd|COSCO|ONE(?= line)|Ocean Network Express|Evergreen|Yang Ming|HMM|ZIM|OOCL|DHL(?: Freight)?|FedEx|UPS|DB Schenker|Schenker|DSV|Kuehne ?\+ ?Nagel|"
    r"Lufthansa Cargo|Emirates SkyCargo|Qatar(?: Airways)? Cargo|Cargolux|Turkish Cargo|Air France|KLM Cargo|Dachser|Raben|Geodis|GLS|TNT|RZD|РЖД|Деловые Линии|ПЭК)\b"
)
CONTAINER = re.compile(
    r"(?<![\w.,])(?:\d{1,2}\s?[x×]\s?)?(?:20|40|45)\s?(?:['’]|ft\b|feet|foot|HC|HQ|GP|DV|DC|RF|OT|FR)\s?(?:HC|HQ|GP|DV|DC|RF|OT|high cube|reefer|standard|container)?(?!\w)",
    re.I,
)
INCOTERM = re.compile(r"\b(?:EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP)\b")
LICENCE = (
    re.compile(
        r"\b(?P<v>(?:PPO|PSIRA|SIA|CNAPS|TIP|ACO|DPS|BSIS|PSP|DCJS|PSB|SLED|Class [A-D])\s?(?:#|no\.?|nr\.?|n[°º]|lic(?:ense|ence)?\.?|:)?\s?[A-Z]{0,4}-?\d[\w/-]{2,})",
        re.I,
    ),
    re.compile(
        r"\b(?:lic(?:en[cs]e)?|lizenz|autorisation|agrément|licencia|лицензия|licenza|vergunning|licença)(?:\s(?:d['’])?[^\W\d]{4,15})?\.?\s?(?:#|no\.?|nr\.?|n[°º.]|№|:)*\s?(?P<v>[A-Z]{0,5}[- ]?\d[\w/-]{2,})",
        re.I,
    ),
    re.compile(r"\bagency\s(?:licen[cs]e\s)?#?\s?(?P<v>[A-Z]{0,2}\s?\d{6,8})\b", re.I),
    re.compile(r"(?P<v>§\s?34\s?a(?:\sGewO)?)"),
)
PHYSICIAN = re.compile(
    r"\b(?:Dr\.?(?: med\.?)?|Prof\.?(?: Dr\.?)?|Doctor|Dra\.?|Docteur|Dott\.?(?:ssa)?|доктор|д-р)\s[A-ZÀ-ÞА-ЯЁ][\w'’-]+(?:\s[A-ZÀ-ÞА-ЯЁ][\w'’-]+)?"
)
HOURLY = re.compile(
    r"\b(?:hourly|per hour|an hour|/ ?hr?|/ ?hour|stundensatz|stundenbasis|pro stunde|de l['’]heure|à l['’]heure|por hora(?:s)?|почасов\w+|в час|per uur|all['’]ora|a ore)\b",
    re.I,
)
FEE = re.compile(
    r"\b(?:flat (?:design )?fee|flat(?= [$€£\d])|fixed(?= [$€£\d])|flat rate|fixed (?:design )?fee|lump sum|percentage of (?:\w+ ){0,2}(?:cost|budget|spend)|\d{1,2} ?% of (?:the )?(?:\w+ )?(?:cost|budget|spend|construction)|cost[- ]plus|per (?:square|sq\.?) (?:foot|ft|meter|metre)|"
    r"per room|retainer|pauschalhonorar|pauschal\w*|festpreis|quadratmeterpreis|honoraires (?:fixes|au forfait|au pourcentage)|forfait|pourcentage des travaux|tarifa (?:plana|fija)|honorarios fijos|precio cerrado|"
    r"фиксированн\w+(?: стоимость| гонорар)?|за кв\.? ?м|tariffa fissa|a forfait|vast(?:e)? (?:tarief|prijs)|taxa fixa|preço fixo)\b",
    re.I,
)


def read_carat(reader: Reader) -> Found | None:
    """The stone's weight as a number."""
    matches = CARAT.finditer(reader.text)
    # "or jaune 18 carats" is the fineness of the gold.
    match = next((m for m in matches if not GOLD.search(reader.lower[: m.start()][-24:])), None)
    value = to_number(match.group(1)) if match else None
    return (plain(value), reader.evidence(*match.span())) if match and value else None


def read_certificate(reader: Reader) -> Found | None:
    """The laboratory and the report's number: "Gübelin 25081944"."""
    match = CERTIFICATE.search(reader.text)
    if not match:
        return None
    value = " ".join(filter(None, (match.group(1), match.group(2))))
    return value, reader.evidence(*match.span())


def read_finish(reader: Reader) -> Found | None:
    """A named finish; a bare "gloss" only where it does not name the paper."""
    named = list(COATED.finditer(reader.text, reader.offset))
    coated = [one for one in named if not UNCOATED.fullmatch(one.group())]
    match = next(iter(coated or named), None)
    if not match:
        papers = [m.span() for p in STOCK for m in p.finditer(reader.text)]
        bare = BARE_FINISH.finditer(reader.text, reader.offset)
        match = next((m for m in bare if not any(s <= m.start() < e for s, e in papers)), None)
    if not match:
        return None
    return taken(match, reader)


def read_flowers(reader: Reader) -> Found | None:
    """Every flower named, in the order of the text: "garden roses, sweet peas"."""
    matches = list(FLOWERS.finditer(reader.text, reader.offset))
    if not matches:
        return None
    names = list(dict.fromkeys(match.group().lower() for match in matches))
    return ", ".join(names), reader.evidence(matches[0].start(), matches[0].end())


def read_menu(reader: Reader) -> Found | None:
    """The style of the menu; what comes from a smoker is a barbecue."""
    found = first_of(MENU)(reader)
    if found:
        return found[0].lower(), found[1]
    match = SMOKED.search(reader.text, reader.offset)
    return ("barbecue", reader.evidence(*match.span())) if match else None


def read_fee(reader: Reader) -> Found | None:
    """How the fee is counted; an hourly price says it by itself."""
    fixed, hourly = (
        FEE.search(reader.text, reader.offset),
        HOURLY.search(reader.text, reader.offset),
    )
    if hourly and (fixed is None or hourly.start() < fixed.start()):
        return "hourly", reader.evidence(*hourly.span())
    return (fixed.group(), reader.evidence(*fixed.span())) if fixed else None


ARMED = re.compile(
    r"\b(?P<no>unarmed|unbewaffnet\w*|non[- ]armés?|no armad\w+|desarmad\w+|sin armas?|без оружия|невооруж\w+|non armat\w+|disarmat\w+|ongewapend\w*|desarmad\w+)"
    r"|\b(?:armed|bewaffnet\w*|armés?|armad[oa]s?|вооруж\w+|armat[oaie]|gewapend\w*)\b",
    re.I,
)


def read_armed(reader: Reader) -> Found | None:
    """Whether the guards carry arms."""
    match = ARMED.search(reader.text, reader.offset)
    return (match["no"] is None, reader.evidence(*match.span())) if match else None


def read_pair(reader: Reader) -> Found | None:
    """The two languages as "RU-DE"."""
    found = find_language_pair(reader.text)
    return (found.value, reader.evidence(found.start, found.end)) if found else None


READERS: dict[str, FieldReader] = {
    "metal": first_of(METAL), "carat": read_carat, "clarity": first_of(CLARITY), "color": first_of(*COLOR), "cut": first_of(CUT),
    "certificate": read_certificate, "ring_size": first_of(RING_SIZE), "stock": first_of(*STOCK), "finish": read_finish, "flowers": read_flowers, "menu_style": read_menu,
    "crate": first_of(CRATE_NAMED, CRATE, PACKED), "service_level": first_of(SERVICE), "led_wall": first_of(*LED), "carrier": first_of(CARRIER), "container": first_of(CONTAINER),
    "incoterm": first_of(INCOTERM), "licence": first_of(*LICENCE), "physician": first_of(PHYSICIAN), "fee_model": read_fee, "armed": read_armed, "language_pair": read_pair,
}  # fmt: skip
