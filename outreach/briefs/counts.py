"""Counts, sizes and lengths of time: "party of six", "1,100 sq ft", "ten days", "4 carats"."""

import re
from decimal import Decimal
from typing import Any

from crm.categories.schema import FieldSpec, FieldType
from outreach.briefs.classify import word_pattern
from outreach.briefs.context import BriefText
from outreach.reading.found import Found

PEOPLE = [
    "people", "persons", "person", "pax", "guests", "passengers", "travellers", "travelers",
    "of us", "personas", "personnes", "personen", "leute", "человек", "людей", "persone",
    "pessoas", "mensen", "convives", "huéspedes", "comensales", "voyageurs", "invitados",
    "invités", "gäste", "гостей", "гостя", "пассажиров", "ospiti", "attendees", "adults",
    "adultos", "adultes", "erwachsene", "взрослых", "mann", "employees", "executives",
    "passageiros",    "convidados", "passeggeri", "invitati", "gasten",
    "pasajeros", "passagers", "passagiere",
]  # fmt: skip
CHILDREN = ["children", "child", "kids", "infants", "niños", "enfants", "kinder", "детей"]
_CHILDREN = word_pattern(CHILDREN)
_BEFORE_COUNT = re.compile(
    r"(?:\b(?:party|group|team|table|grupo|groupe|gruppe|familia|family) (?:of|de|von)"
    r"|группа из|\b(?:we are|there will be|we'll be|somos|seremos|nous sommes|nous serons|"
    r"wir sind|нас))\s{1,2}(?:about |around |etwa |unos |environ )?$",
    re.IGNORECASE,
)
_FOR_COUNT = re.compile(r"\b(?:for|para|pour|für|на|per|voor)\s{1,2}$", re.IGNORECASE)
_GAP = re.compile(r"[-\s]{0,3}(?:[^\W\d]+[-\s]){0,2}")
# A unit a count may stand in, and how many of the field's unit it makes.
_TIMES: dict[str, dict[str, Decimal]] = {
    "days": {
        "day|days|día|días|jour|jours|tag|tage|день|дня|дней|giorni|dias": Decimal(1),
        "week|weeks|semana|semanas|semaine|semaines|woche|wochen|"
        "неделя|неделю|недели|недель": Decimal(7),
    },
    "hours": {
        "hour|hours|hrs|hr|h|hora|horas|heure|heures|stunde|stunden|час|часа|часов|ore": Decimal(1)
    },
}  # fmt: skip
_TIMES["nights"] = {
    "night|nights|noche|noches|nuit|nuits|nacht|nächte|ночь|ночи|ночей|notti": Decimal(1),
    **{words: n for words, n in _TIMES["days"].items() if n == 7},
}
_SIZES: dict[str, dict[str, Decimal]] = {
    "kg": {
        "kg|kgs|kilo|kilos|kilogram|kilograms|кг": Decimal(1),
        "lb|lbs|pounds": Decimal("0.453592"),
        "t|tonne|tonnes|ton|tons|toneladas|tonnen|тонн|тонны|тонна": Decimal(1000),
    },
    "sqft": {
        "sq ft|sqft|square feet|square foot|sq. ft|sf|ft²": Decimal(1),
        "m²|m2|sqm|sq m|square meters|square metres|metros cuadrados|mètres carrés|quadratmeter|qm|"
        "кв. м|кв м|м²|квадратных метров|соток": Decimal("10.7639"),
    },
    "ct": {"carat|carats|ct|cts|quilates|kilates|karat|карат|карата|carati": Decimal(1)},
    "hours per day": {
        "hours a day|hours per day|hours a night|hours each day|hours/day|h/day|horas al día|"
        "heures par jour|stunden am tag|stunden pro tag|часов в день|ore al giorno": Decimal(1)
    },
}


def read_count(brief: BriefText, spec: FieldSpec) -> Found[int | str] | None:
    """The number a field asks for, turned into the field's unit; None if it is not said."""
    unit = spec.unit
    if unit in _TIMES or unit in _SIZES:
        found = _with_unit(brief, {**_TIMES, **_SIZES}[unit])
    elif unit == "people":
        found = _people(brief, spec)
    else:
        found = _beside(brief, word_pattern(spec.words))
    if found is None or found.value <= 0:
        return None
    brief.take(found.start, found.end)
    return Found(_as_json(found.value, spec), found.start, found.end)


def _as_json(value: Decimal, spec: FieldSpec) -> int | str:
    if spec.type == FieldType.INTEGER:
        return int(value)
    rounded = value.quantize(Decimal(1)) if value > 100 else value
    plain = f"{rounded.normalize():f}"
    return int(plain) if plain.isdigit() else plain


def _with_unit(brief: BriefText, units: dict[str, Decimal]) -> Found[Decimal] | None:
    for number in brief.numbers:
        for words, factor in units.items():
            pattern = rf"[-\s]{{0,2}}(?:full\s)?(?:{words.replace('.', chr(92) + '.')})(?!\w)"
            match = re.compile(pattern, re.IGNORECASE).match(brief.text, number.end)
            if match and brief.free(number.start, match.end()):
                return Found(number.value * factor, number.start, match.end())
    for words, factor in units.items():
        match = re.search(rf"\b(?:for|a|one)\s(?:an?\s)?({words})\b", brief.text, re.IGNORECASE)
        if match and factor == 7 and brief.free(match.start(), match.end()):
            return Found(factor, match.start(1), match.end())
    return None


def _people(brief: BriefText, spec: FieldSpec) -> Found[Decimal] | None:
    found = _beside(brief, word_pattern([*spec.words, *PEOPLE]))
    children = _beside(brief, _CHILDREN)
    if found and children and not found.overlaps(children):
        start, end = min(found.start, children.start), max(found.end, children.end)
        if end - start < 60 and "adult" in brief.text[start:end].lower():
            return Found(found.value + children.value, start, end)
    if found or children is None:
        return found or _announced(brief)
    # "My wife and two kids" are not two: who else comes is asked.
    return _announced(brief)


def _announced(brief: BriefText) -> Found[Decimal] | None:
    """ "Party of six", or a bare "for 4" where nothing but the end of a phrase follows."""
    for number in brief.numbers:
        if not brief.free(number.start, number.end):
            continue
        if _BEFORE_COUNT.search(brief.text, max(0, number.start - 30), number.start):
            return number
    for number in brief.numbers:
        after = brief.text[number.end : number.end + 12]
        bare = re.match(r"\s{0,2}(?:$|[.,;!?)]|(?:on|in|from|at|and|with|el|le|am|в|en)\b)", after)
        before = _FOR_COUNT.search(brief.text, max(0, number.start - 8), number.start)
        if before and bare and brief.free(number.start, number.end):
            return number
    return None


def _beside(brief: BriefText, words: re.Pattern[str] | None) -> Found[Decimal] | None:
    if words is None:
        return None
    for number in brief.numbers:
        gap = _GAP.match(brief.text, number.end)
        stop = gap.end() if gap else number.end
        match = words.search(brief.text, number.end, min(len(brief.text), stop + 30))
        if match and match.start() <= stop and brief.free(number.start, number.end):
            between = brief.text[number.end : match.start()]
            if _GAP.fullmatch(between) and not _crosses(brief, number.end, match.start()):
                return Found(number.value, number.start, match.end())
    for match in words.finditer(brief.text):
        for number in brief.numbers:
            between = brief.text[match.end() : number.start]
            labelled = re.fullmatch(r"\s?(?::|=|is|are|—|–)\s{0,2}", between)
            if number.start >= match.end() and labelled:
                return Found(number.value, match.start(), number.end)
    return None


def _crosses(brief: BriefText, start: int, end: int) -> bool:
    others: list[Found[Any]] = [*brief.dates.dates, *brief.numbers]
    return any(start < one.end and one.start < end for one in others)
