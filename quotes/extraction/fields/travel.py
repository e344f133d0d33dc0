"""Fields named after things people travel or stay in: aircraft, yachts, cars, houses, rooms. Pure."""

import re

from quotes.extraction.fields.figures import COUNT, number, plain
from quotes.extraction.fields.matching import FieldReader, Found, first_of
from quotes.extraction.reader import Reader

CAP = r"[A-ZÀ-ÞА-ЯЁŠŽČ]"
NAME = rf"{CAP}[\w'’.&-]*"
JOIN = r"(?:degli|dei|dell['’]|de[sl]?|della|delle|del|da[s]?|do[s]?|du|di|la|le|les|los|las|of|the|van|am|im|an der|sur|am|son|d['’])"
NAMES = rf"{NAME}(?:\s(?:{JOIN}\s){{0,2}}(?:{NAME}|\d{{1,3}}\b|II|III|IV))*"

MAKER = r"(?:Cessna|Bombardier|Embraer|Dassault|Beechcraft|Pilatus|Gulfstream|Raytheon|Textron|Airbus|Boeing|Piaggio|Daher|Honda)"
TYPE = (
    r"(?:Citation|Learjet|Lear|Phenom|Hawker|Gulfstream|Challenger|Global|Falcon|King Air|Legacy|Lineage|Praetor|Premier|Westwind|Astra|Nextant|"
    r"Eclipse|Beechjet|Pilatus|Cessna|Piaggio|Sovereign|Latitude|Longitude|HondaJet|Vision Jet|Mustang|Avanti|Kodiak|Caravan|Baron|Dornier|Fokker|ATR)"
)
MODEL = (
    r"(?:Sovereign|Latitude|Longitude|Mustang|Excel|Encore|Bravo|Ultra|Express|Avanti|Evolution|Elite|Challenger|Jet|EVO|XLS|XL|XP|X|CJ\d|M2|V|VII|VI|II|III|IV|"
    r"PC-?\d+(?: ?NGX?)?|[A-Z]{0,3}-?\d{2,4}[A-Z]{0,3}|B?\d{3}[A-Z]{0,2})"
)
AIRCRAFT = re.compile(
    rf"(?<!\w)(?:(?:{MAKER} )?{TYPE}(?:[ -]{MODEL}(?![\w/]))*\+?"
    r"|(?:Gulfstream )?G-?(?:III|IV|V|150|200|280|400|450|500|550|600|650|700)(?:ER|SP)?|CJ\d\+?|PC-?(?:12|24)(?: ?NGX?)?|XLS\+?|CL-?\d{3}|TBM ?\d{3}|BBJ\d?|ACJ ?\d{3}|"
    r"A3(?:18|19|20|21)(?:neo)?|(?:B|Boeing )7[3-8]7(?:-\d00)?)(?!\w)"
)
# In a mail without capitals only a type with its number is surely one: "phenom 300e".
AIRCRAFT_SMALL = re.compile(
    rf"(?<!\w)(?i:{TYPE})[ -](?i:XLS\+?|CJ\d\+?|M2|[A-Z]{{0,2}}-?\d{{2,4}}[A-Z]{{0,3}}|excel|sovereign|latitude|longitude|ultra|bravo|encore)(?!\w)"
)
TAIL = re.compile(
    r"(?<![\w-])(?:N[1-9]\d{0,4}[A-Z]{0,2}|(?:9H|OE|OO|OK|OY|SE|LN|OH|SP|HB|EC|CS|TC|VP|VQ|VT|RA|LX|PH|EI|LY|YL|ES|9M|A6|HZ|XA|C|G|D|F|I|M|T7|2)-[A-Z]{3,4})(?![\w-])"
)
FBO = re.compile(
    r"\b(?:(?:Signature|Meridian|Atlantic|Million Air|Jet Aviation|Sheltair|Ross|Modern Aviation|Jetex|ExecuJet|Wilson Air|Clay Lacy|Sky Harbour|Harrods|Cutter|"
    r"Landmark|TAG|Universal|Luxaviation|Vail Valley Jet Center|Castle & Cooke|Fontainebleau|Banyan|Galaxy|Hawthorne|Odyssey|Pentastar|Priester|DC|Dassault Falcon)"
    r"(?:\s(?:Flight Support|Aviation|Aero))?|GAT(?: [A-ZÄÖÜ]\w+)?)\b"
)
VESSEL = (
    r"(?:[MS]/?[YV]|[MST]/[SC]|Motor ?[Yy]acht|Sailing ?[Yy]acht|[Mm]otoryacht|[Ss]egelyacht|[Cc]atamaran|[Cc]atamar[áa]n|Gulet|gulet|GULET|[Yy]acht(?: (?:à|a) (?:moteur|voile|vela|motore))?|"
    r"[Vv]oilier|[Yy]ate|[Vv]elero|[Gg]oletta|[Jj]acht|яхт[аыу]|катамаран)"
)
BOAT_MAKE = (
    r"(?:Lagoon|Bali|Fountaine Pajot|Leopard|Sunseeker|Princess|Azimut|Ferretti|Benetti|Sanlorenzo|Riva|Pershing|Bavaria|Beneteau|Bénéteau|Jeanneau|"
    r"Dufour|Hanse|Oceanis|Sunreef|Nautitech|Fairline|Mangusta|Lürssen|Majesty|Absolute|Cranchi|Sessa|Numarine|Maiora|Feadship|Heesen|Prestige|Galeon|Elan|Oyster|Swan)"
)
QUOTED = r"[“\"«„']\s?(?P<q>[^”\"»“\n]{2,40}?)\s?[”\"»“']"
# A name in quotation marks: what it is called by.
CALLED = re.compile(rf"[“\"«„](?P<q>{CAP}[^”\"»“\n,.!?]{{1,30}})[”\"»“]")
YACHT = (
    re.compile(rf"\b(?P<v>(?:[MS]/?[YV]|[MST]/[SC])\s[“\"«]?{NAMES}[”\"»]?)"),
    re.compile(rf"\b{VESSEL}\s{QUOTED}"),
    re.compile(rf"\b(?P<v>{BOAT_MAKE}(?:\s(?:[A-Z]\w+|\d{{2,3}}(?:[.,]\d)?[A-Z]?)){{1,3}})"),
    re.compile(rf"\b(?P<v>{VESSEL}\s{NAMES})"),
    CALLED,
)
CAR = (
    r"(?:Sprinter|S[- ]?Class|S[- ]?Klasse|Clase [SVE]|Classe [SVE]|V[- ]?Class|V[- ]?Klasse|[SVEСВЕ][- ]?класс\w*|E[- ]?Class|E[- ]?Klasse|Suburban|Escalade|Navigator|Yukon(?: XL)?|"
    r"7[- ]Series|7er|Serie 7|A8|A6|Transit|Caravelle|Multivan|Vito|Viano|Maybach|Phantom|Ghost|Model [SXY3]|EQS|EQV|Alphard|Tourneo|Expedition|Tahoe|XTS|Town Car)"
)
MAKE = r"(?:Mercedes(?:[- ]Benz)?|BMW|Cadillac|Lincoln|Chevrolet|Chevy|Ford|Audi|Tesla|Toyota|VW|Volkswagen|Range Rover|GMC|Rolls[- ]Royce|Bentley|Setra|MAN|Iveco|Volvo|Мерседес)"
BUS = (
    r"(?:mini-?bus(?:es)?|minib[úu]s|minivan|mini[- ]?coach|midi[- ]?coach|motor ?coach|party bus|coach|reisebus|kleinbus|autocar|autob[úu]s|limousines?|stretch limo|limo|sedan|SUVs?|"
    r"micro-?bus|микроавтобус|автобус|минивэн|седан|внедорожник|berline|furgoneta|pullman|busje|touringcar)"
)
VEHICLE = (
    re.compile(rf"\b(?:{MAKE}\s)?{CAR}s?(?!\w)", re.I),
    re.compile(rf"\b{MAKE}\s(?:[A-ZА-Я]\w*|\d+)(?:[- ](?:Class|Klasse|Series))?"),
    re.compile(rf"\b{BUS}s?\b", re.I),
)
HOUSE = (
    r"(?:Villa|Casa|Finca|Chalet|Château|Chateau|Domaine|Haus|Landhaus|Ferienhaus|Mas|Masseria|Cottage|Quinta|Riad|Bastide|Masía|Cortijo|Podere|Casale|Tenuta|Agriturismo|Torre|Borgo|Trullo|Dammuso|"
    r"Вилла|Шале|Manor|Lodge|Can|Son)"
)
VILLA = (
    re.compile(
        rf"\b(?P<v>(?:[Ll]a )?(?:maison|villa|bastide|casa|finca|masía) (?:{JOIN}\s){{0,2}}{NAMES})"
    ),
    re.compile(rf"\b{HOUSE}\s[“\"«„](?P<q>[^”\"»“\n]{{2,40}})[”\"»“]"),
    CALLED,
    re.compile(rf"\b(?P<v>{HOUSE}\s(?:{JOIN}\s){{0,2}}{NAMES})"),
    re.compile(
        rf"\b(?P<v>(?:{NAME}\s){{1,3}}(?:House|Cottage|Lodge|Manor|Barn|Villa|Farm|Chalet|Retreat|Estate))\b"
    ),
)
ROOM = (
    r"(?:Orangery|Ballroom|Room|Hall|Terrace|Salon|Suite|Pavilion|Gallery|Loft|Library|Barn|Courtyard|Rooftop|Studio|Vault|Cellar|Conservatory|Marquee|Atrium|Garden|"
    r"Lounge|Boardroom|Theatre|Chapel|Greenhouse|Parlou?r|Mezzanine|Deck|Penthouse|Lawn|Solarium)"
)
SPACE = (
    re.compile(
        rf"\b[Tt]he (?P<v>{NAME}(?: {NAME}){{0,3}})(?= (?:\((?:seats|capacity|max|up to|\d)|seats \d|holds \d|fits \d|(?:is|would be) (?:\w+ )?(?:open|free|available|yours|at your)))"
    ),
    re.compile(
        rf"\b(?:Le|La|L['’]|Der|Die|Das|El|Il|Lo|De) (?P<v>{NAME}(?: {NAME}){{0,3}})(?= (?:accueille|peut accueillir|fasst|bietet|acoge|ospita|biedt|heeft) )"
    ),
    re.compile(rf"\b(?:[Rr]aum|[Ss]aal|[Rr]oom|[Ss]ala|[Ss]alle|[Zz]aal) {CALLED.pattern}"),
    re.compile(
        rf"\b(?P<v>(?:[Ss]alle|[Ss]alon|[Ss]al[óo]n|[Ss]ala|[Ss]alão|[Tt]erraza|[Tt]errasse|[Tt]errazza|[Pp]atio|[Pp]átio|[Jj]ardín|[Jj]ardin|[Gg]iardino|[Ee]space|[Ee]spacio|[Oo]rangerie|[Vv]errière|[Aa]uditorio|[Cc]aves?|[Cc]our|[Ss]aal|[Zz]aal|[Zz]aaltje) (?:{JOIN}\s?){{0,2}}{NAMES})"
    ),
    re.compile(
        rf"\b(?:[Tt]he\s)?(?P<v>(?:(?!The\b|Our\b|In\b|For\b|Your\b|Hi\b|Dear\b){CAP}[\w'’-]+\s){{0,3}}{ROOM})\b(?! (?:Service|Manager|Block|Rate)s?)"
    ),
    re.compile(
        r"\b(?P<v>(?!Zeitraum|Spielraum|Kühlraum)[A-ZÄÖÜ][\wäöüß-]*(?:saal|raum|halle|lounge|terrasse|garten|keller|zaal|loft|scheune|gewölbe|zimmer|stube|remise|foyer))\b"
    ),
    re.compile(
        r"\b(?P<v>зал[еау]?\s[«\"„]?[А-ЯЁ][\w -]{1,25}?[»\"“]|(?:[А-ЯЁ][а-яё]+\s)зал[еау]?)", re.I
    ),
)


def read_vehicles(reader: Reader) -> Found | None:
    """ "two Suburbans", "1 x minibus": how many, before what they are."""
    names = rf"(?:{MAKE}\s)?(?:{CAR}|{BUS}|vehicles?|cars?|vans?|fahrzeuge?|véhicules?|voitures?|vehículos?|coches?|машин\w*|автомобил\w*|auto)s?"
    match = re.search(
        rf"(?<![\w.,$€£-])(?P<n>{COUNT})\s?(?:[x×]\s)?(?:(?:black|luxury|executive|new|schwarze?|big|large)\s)?{names}(?!\w)",
        reader.text,
        re.I,
    )
    value = number(match["n"]) if match else None
    if not match or value is None or not 0 < value < 100 or value != value.to_integral_value():
        return None
    return plain(value), reader.evidence(match.start(), match.end())


READERS: dict[str, FieldReader] = {
    "aircraft": first_of(AIRCRAFT, AIRCRAFT_SMALL), "tail_number": first_of(TAIL), "departure_fbo": first_of(FBO),
    "yacht": first_of(*YACHT), "vehicle": first_of(*VEHICLE), "villa": first_of(*VILLA), "space": first_of(*SPACE),
    "vehicles": read_vehicles,
}  # fmt: skip
