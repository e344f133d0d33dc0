"""Which model of chair or desk is offered: the proper name beside the furniture's noun. Pure."""

import re

from quotes.extraction.fields.matching import Found, taken
from quotes.extraction.reader import Reader
from quotes.extraction.sheet import Sheet

NOUN = (
    r"(?:(?:office|task|desk|conference|meeting|lounge|visitor|executive|ergonomic|sit-stand|standing|height[- ]adjustable|side|swivel|mesh|acoustic|phone|stacking|"
    r"storage|filing|bench|coffee|reception)[ -])*"
    r"(?:chairs?|desks?|tables?|sofas?|cabinets?|pods?|booths?|workstations?|stools?|lockers?|seating|shelving|pedestals?|screens?|"
    r"\w*(?:stuhl|stühle|tische?|sessel|schrank|schränke|regale?|sofas?|liege)|(?:zit-sta )?bureaus?|bureaux|fauteuils?|sièges?|chaises?|tables?|armoires?|"
    r"sillas?|sillón|sillones|mesas?|escritorios?|sofás?|кресл[оа]|стол[аы]?|стул\w*|шкаф\w*|диван\w*|sedi[ae]|scrivani[ae]|poltron[ae]|tavol[oi]|cadeiras?|secretárias?|stoel(?:en)?|tafels?)"
)
# A proper name: capitalised, or with a figure in it; a few words, none of them everyday ones.
EVERYDAY = (
    r"(?:The|We|Our|For|Each|Hi|Hello|Dear|Per|All|Price|Quote|Total|Delivery|Installation|Assembly|Your|This|These|Those|Ten|Two|Four|Six|Qty|Unit|Item|With|And|"
    r"Lieferung|Montage|Preis\w*|Stück|Menge|Artikel|Art|Gesamt\w*|Modell|Netto|Garantie|Wir|Der|Die|Das|Für|Je|Ihr\w*|Angebot|Les|Le|La|Nous|Prix|Pour|Livraison|"
    r"Las|Los|El|Precio|Para|Entrega|Доставка|Цена|Предлагаем|Beste|Levering|Prijs|I|I’m|I'm|EUR|USD|GBP|CHF|VAT|HT|Re|AW|Fwd|Thanks|Good|Guten|Please)\b"
)
WORD = rf"(?!{EVERYDAY})(?:[A-ZÀ-ÞА-ЯЁ][\w'’+.-]*|[A-Z]?\d{{1,4}}(?:[A-Z]{{0,2}}|['’\"”]))"
START = rf"(?!{EVERYDAY})[A-ZÀ-ÞА-ЯЁ][\w'’+-]*"
NAME = rf"{START}(?:\s(?:{WORD}))*"
BEHIND = re.compile(rf"(?<!\w)(?i:{NOUN})\s[“\"«„]?(?P<v>{NAME})(?![\w])")
AHEAD = re.compile(rf"(?<![\w-])(?P<v>{NAME})\s(?i:{NOUN})(?!\w)")
CALLED = re.compile(
    rf"\b(?i:models?|type|typ|serie|series|range|modell|modèle|modelo|модель|modello|artikel)\s?[:=]?\s?[“\"«„]?(?P<v>{NAME})"
)
# "24 x Ascend Duo", "30 pcs Svea 300"
MANY = re.compile(
    rf"(?<![\w.,])\d{{1,4}}\s?(?:[x×]|(?i:pcs|stk|stück|uds?|шт|pz|pièces|stuks|units of)\b\.?)\s(?P<v>{NAME})(?!\w)"
)
THE = re.compile(
    rf"\b(?:the|den|dem|le|la|el|il|de)\s(?P<v>{START}(?:\s{WORD}){{1,3}})(?=\s(?:at|in|for|für|à|a|zu|por|is|with)\b|,)"
)


def read_model(reader: Reader, sheet: Sheet | None) -> Found | None:
    """The proper name, from the itemised rows first, then from the text."""
    stretches = [(row.start, row.amount.start) for row in sheet.items()[:3]] if sheet else []
    stretches.append((reader.offset, len(reader.text)))
    for start, end in stretches:
        for pattern in (CALLED, MANY, BEHIND, AHEAD, THE):
            match = pattern.search(reader.text, start, end)
            if match and not re.fullmatch(r"[\d\W]+|[A-Z]", match["v"]):
                return taken(match, reader)
    return None
