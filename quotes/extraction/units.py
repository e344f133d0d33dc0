"""What an amount is per (hour, day, person, piece) and how many of those the request has. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

PER = (
    r"(?:\s{0,2}(?:/|per|pro|je|par|por|al|a|an|à la|à l['’]|de l['’]|le|la|l['’]|els?|el|der|"
    r"в|за|на|с|со|each|every|cada|ogni|p\.?|all['’]|al|alla|voor|für (?:die|den|jede[nrs]?)|para cada)\s?)"
)
# "pro Termin", "per swab", "/tree": per one of whatever it is; not "per your request".
PER_ANY = (
    r"\s{0,2}(?:(?:per|pro|je)\s|/\s?)(?!(?:your|our|the|attached|charter|quote|e-?mail|request|trip|flight|event|project|"
    r"group|booking|stay|week|bonifico|conto|il|la|lo|un|una|voi|favore|nacht|nachdem|mehr|früher|nach|sein\w*|doch|es|incl|ex|excl|net|plus)\b)"
)
WORDS: dict[str, str] = {
    "hour": r"h(?:ou)?rs?|hourly|h|stunde|std|heure|hora|час|ora|uur|godzin\w*",
    "day": r"days?|daily|tag|jour|journée|d[ií]a|день|сутки|giorno|dag|jornada|dia",
    "night": r"nights?|nightly|nacht|nuit|nuitée|noche|noite|ночь|notte|doba",
    "week": r"weeks?|weekly|woche|semaine|semana|неделю|settimana|wk",
    "month": r"months?|monthly|mo|monat|mois|mes|mês|месяц|mese|maand",
    "year": r"years?|yearly|annum|annually|jahr|an|année|año|ano|год|anno|jaar",
    "person": r"persons?|people|adults?|adulte|adulto|erwachsenen?|взрослого|head|guests?|pax|passengers?|pers|users?|seat|employee|workstation|"
    r"device|licen[cs]e|mailbox|endpoint|postazione|utente|person|testa|cabeza|cabeça|kopf|gast|nutzer|benutzer|mitarbeiter|arbeitsplatz|personne|convive|invité|"
    r"tête|poste|utilisateur|persona|comensal|invitado|usuario|puesto|ospite|pessoa|convidado|"
    r"человека?|чел|гостя|персону|пользователя|сотрудника|рабочее место|persoon|gebruiker|"
    r"werkplek|osob\w+",
    "word": r"words?|wort|mot|palabra|слово|parola|palavra|woord",
    "area": r"m2|m²|sq\.? ?m(?:et(?:er|re)s?)?|sqm|square met(?:er|re)s?|qm|quadratmeter|mètre carré|metro cuadrado|metro quadro|кв\.? ?м|"
    r"sq\.? ?ft|sqft|square f(?:oo|ee)t",
    "minute": r"(?:audio |video |film |finished )?min(?:ute)?s?|minuto|минуту",
    "weight": r"kg|kgs|kilos?|lbs?|pounds?|tons?|tonnes?|cbm|m3|m³|кг",
    "piece": r"pieces?|units?|item|copy|ea|chair|desk|table|sofa|set|arrangement|"
    r"cent(?:er|re)piece|bouquet|guard|agent|officer|cpo|technician|vehicle|car|van|bus|coach|"
    r"room|zimmer|raum|habitación|stanza|комнату|kamer|quarto|pallet|pair|container|page|image|photo|stück|stk|stuhl|tisch|wachmann|fahrzeug|palette|seite|"
    r"pièce|unité|exemplaire|chaise|bureau|centre|véhicule|page|unidad|ud|silla|mesa|centro|"
    r"vehículo|vigilante|escolta|página|pieza|штуку|шт|экз|единицу|охранника|машину|автомобиль|"
    r"страницу|кресло|стол|композицию|pezzo|sedia|tavolo|agente|pagina|unidade|peça|cadeira|"
    r"stuk|stoel|werk|œuvre|obra|work|crate|consultant|stylist|interpreter|dolmetscher|intérprete|interprète|interprete|tolk|nebenstelle|termin|besuch|visit|session|punkt|point|borne",
}
BASIS = {
    "hour": "per_hour", "day": "per_day", "night": "per_night", "week": "per_week",
    "month": "per_month", "year": "per_year", "person": "per_person", "word": "per_unit",
    "piece": "per_unit", "area": "per_unit",
    "minute": "per_unit", "weight": "per_unit",
}  # fmt: skip
# Time beats people ("per user per month" is monthly), people beat things.
WEIGHTIEST = (
    "month", "year", "hour", "day", "night", "week", "person", "word", "area", "minute", "weight",
    "piece",
)  # fmt: skip
UNIT = re.compile(
    rf"{PER}(?:(?P<hour>{WORDS['hour']})|(?P<day>{WORDS['day']})|(?P<night>{WORDS['night']})|"
    rf"(?P<week>{WORDS['week']})|(?P<month>{WORDS['month']})|(?P<year>{WORDS['year']})|"
    rf"(?P<person>{WORDS['person']})|(?P<word>{WORDS['word']})|(?P<area>{WORDS['area']})|"
    rf"(?P<minute>{WORDS['minute']})|(?P<weight>{WORDS['weight']})|(?P<piece>{WORDS['piece']}))\b\.?"
    rf"|{PER_ANY}(?P<other>[^\W\d_]{{3,}})\b"
    r"|\s?(?P<pupm>pupm\b|p\.u\.p\.m\.)|\s?(?P<pppd>pppd\b|pp/day\b)|\s?(?P<pppn>pppn\b)|\s?(?P<pcm>pcm\b|p/m\b|(?<=\d)pm\b)|\s?(?P<ph>p/?h\b)|\s?/?\s?(?P<pp>(?<![^\W\d])p\.?\s?p\b\.?|(?<=/)p\b\.?)|\s(?P<hourly>hourly|an hour|stündlich|de l['’]heure)\b"
    r"|\s(?P<mensual>mensuel\w*|monatlich|mensual\w*|al mese|ежемесячно|mensili|mensais|per maand)\b"
    r"|(?<=\d)(?P<stuck>hrs?\b|h\b)|(?:\s|(?<=\s)|(?<=\d))(?P<each>each|apiece|ea\b|l['’]unité|(?:la )?pièce|chacun\w*|c/u|cada un[oa]?|jeweils|das stück|каждый|"
    r"каждая|pro stück|a piece|l['’]un[oa]|cad\.|ciascun[oa]|cadaun[oa]|per stuk|a pop)\b",
    re.IGNORECASE,
)
SAME = {"pp": "person", "hourly": "hour", "each": "piece", "stuck": "hour", "mensual": "month"}
SEVERAL = {"pupm": ["person", "month"], "pppd": ["person", "day"], "pppn": ["person", "night"],
           "pcm": ["month"], "ph": ["hour"]}  # fmt: skip
# "38 € HT par poste et par mois", "$95 net per user, per month": words between amount and unit.
GAP = re.compile(
    r"\s?(?:\((?:net|netto|ht|excl|ex)\.?\)|(?:\+|plus|excl\.?|ex|hors|zzgl\.?|más|più|без|exclusief|all in|flat)?\s?"
    r"(?:net|netto|net[oa]s?|brutto|ht|ttc|h\.t\.|vat|tax|mwst\.?|ust\.?|iva|tva|ндс|btw|incl?\.?)?)"
    r"\s?,?\s?(?:and|et|und|y|e|и|en)?\s?(?=[/a-zа-яà]|$)",
    re.IGNORECASE,
)
PEOPLE = ("guests", "passengers", "people", "users", "attendees", "adults")
PIECES = (
    "quantity",
    "agents",
    "arrangements",
    "pieces",
    "pallets",
    "vehicles",
    "people",
    "rooms",
    "containers",
    "units",
    "cars",
)


@dataclass(frozen=True, slots=True)
class Rate:
    """The units right behind an amount, and where they end in the text."""

    units: tuple[str, ...]
    end: int

    @property
    def basis(self) -> str | None:
        """The basis as quotes name it."""
        for unit in WEIGHTIEST:
            if unit in self.units:
                return BASIS[unit]
        return None


def read_rate(text: str, end: int) -> Rate:
    """What stands directly behind an amount: "/user/mo", " an hour", " a person", " each"."""
    units: list[str] = []
    at = end
    while len(units) < 3:
        match = UNIT.match(text, at)
        if not match:
            gap = GAP.match(text, at)
            if not gap or not gap.group() or not UNIT.match(text, gap.end()):
                break
            at = gap.end()
            continue
        kind = next(name for name, value in match.groupdict().items() if value)
        units += SEVERAL.get(kind, [SAME.get(kind, kind)])
        at = match.end()
    return Rate(tuple(units), at)


COUNTED = {
    "piece": PIECES,
    "area": ("area_sqm", "area_sqft", "area"),
    "minute": ("minutes",),
    "weight": ("weight_kg", "weight"),
    "word": ("words", "word_count"),
}


def quantities(constraints: Mapping[str, Any], text: str) -> dict[str, Decimal]:
    """How many of each unit the request has, from its constraints; the reply's own where silent."""
    people = _first(constraints, PEOPLE) or _said(text, WORDS["person"])
    found = {"person": people} if people else {}
    for unit, names in COUNTED.items():
        number = _first(constraints, names)
        if number:
            found[unit] = number
    return found | _times(constraints, text)


def _times(constraints: Mapping[str, Any], text: str) -> dict[str, Decimal]:
    """How many hours, days, nights, weeks and months the request is for."""
    found = {"month": Decimal(1), "year": Decimal(1)}
    nights = _first(constraints, ("nights",)) or _span(
        constraints, ("check_in", "start_date"), ("check_out", "end_date"), 0
    )
    days = _first(constraints, ("days",)) or _span(
        constraints, ("start_date", "date"), ("end_date",), 1
    )
    if nights:
        found["night"] = nights
    if nights and nights % 7 == 0:
        found["week"] = nights / 7
    if days or "date" in constraints:
        found["day"] = days or Decimal(1)
    hours = _first(constraints, ("hours", "duration_hours"))
    daily = _first(constraints, ("hours_per_day",))
    if hours is None and daily is not None:
        hours = daily * (days or nights or found.get("day") or Decimal(1))
    hours = hours or _said(text, WORDS["hour"])
    if hours:
        found["hour"] = hours
    months = _first(constraints, ("months", "term_months"))
    if months and str(constraints.get("price_wanted", "")).lower() not in {"per month", "monthly"}:
        found["month"] = months
    return found


def multiplier(units: tuple[str, ...], counts: Mapping[str, Decimal]) -> Decimal | None:
    """The product of the counts for the units; None when one is not known."""
    product = Decimal(1)
    for unit in units:
        if unit not in counts:
            return None
        product *= counts[unit]
    return product


def _first(constraints: Mapping[str, Any], names: tuple[str, ...]) -> Decimal | None:
    for name in names:
        value = constraints.get(name)
        if isinstance(value, bool) or value in (None, ""):
            continue
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            continue
        if 0 < number < 10**7:
            return number
    return None


def _span(
    constraints: Mapping[str, Any], starts: tuple[str, ...], ends: tuple[str, ...], add: int
) -> Decimal | None:
    first = next((d for name in starts if (d := _day(constraints.get(name)))), None)
    last = next((d for name in ends if (d := _day(constraints.get(name)))), None)
    if first and last and last >= first:
        days = (last - first).days + add
        return Decimal(days) if days else None
    return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _said(text: str, words: str) -> Decimal | None:
    """ "for the 8 hours", "x 4 guests": the count the vendor names themselves."""
    match = re.search(
        rf"(?:\bfor|\bx|×|\bpara|\bpour|\bfür|\bна|\bmal)\s(?:the |your |all |los |las |les |die )?(\d{{1,4}})\s?(?:{words})\b",
        text,
        re.IGNORECASE,
    )
    return Decimal(match.group(1)) if match else None
