"""How many nights, people, days … a request is for, and which of them an extra is charged by."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

# Which constraint (or, failing that, which value of the offer) says how many of a unit there are.
SOURCES: dict[str, tuple[str, ...]] = {
    "night": ("nights",),
    "day": ("days",),
    "hour": ("hours", "flight_time_hours"),
    "person": ("guests", "passengers", "people", "attendees", "persons", "pax"),
    "user": ("users", "seats"),
    "room": ("rooms",),
    "vehicle": ("vehicles",),
    "agent": ("agents", "technicians"),
    "item": ("quantity", "pieces", "pallets", "arrangements"),
}
_WORDS: dict[str, str] = {
    "night": r"nights?|nuit\w*|noches?|notte|notti|nacht|nächte|noite|noc|noce|nocy|ночь|сутки|ніч",
    "day": r"days?|jours?|journée|d[ií]as?|giorno|giorni|tag|tage|dia|dag|dzień|день|сут",
    "hour": r"hours?|hrs?|heures?|horas?|ora|ore|stunde\w*|std|uur|godzin\w*|час|година",
    "person": r"persons?|people|guests?|heads?|passengers?|pax|personnes?|personas?|persona|persone"
    r"|pessoa|kopf|gast|persoon|osob\w*|os|чел\w*|персон\w*|гост\w*|особу",
    "user": r"users?|seats?|licen[cs]es?|nutzer|utilisateur|usuario",
    "room": r"rooms?|chambre|habitación|camera|zimmer|kamer|pokój|номер",
    "vehicle": r"vehicles?|cars?|vans?|fahrzeug|véhicule|coche",
    "agent": r"agents?|guards?|officers?|technicians?",
    "item": r"items?|pieces?|units?|pcs|stück|pièce|pieza|pezzo|stuk|sztuk\w*|шт\w*|pallets?",
    "week": r"weeks?|semaines?|semanas?|settimana|woche|week|tydzień|неделю",
    "month": r"months?|mo|mois|mes|mese|monat|maand|miesiąc|месяц",
    "year": r"years?|yr|ans?|année|año|anno|jahr|jaar|rok|год",
}
_PER = (
    r"(?:\b(?:per|par|por|pro|je|each|every|an?|à|al|alla|na|za|w)\s+"
    r"|(?<!\w)(?:в|за|на|с)\s+|/\s?)"
)
_UNIT = re.compile(
    "|".join(rf"{_PER}(?:l['’])?(?P<{unit}>{words})\b" for unit, words in _WORDS.items()),
    re.IGNORECASE,
)
_PP = re.compile(r"\bp\.?p\.?(?P<night>p\.?n\.?)?(?!\w)", re.IGNORECASE)
_PLURAL = {"person": "people"}


def units_of(label: str) -> tuple[str, ...]:
    """The units an extra is charged by, as its label says: "per night and person" → both."""
    units: list[str] = []
    for match in _UNIT.finditer(label):
        units += [name for name, text in match.groupdict().items() if text]
    short = _PP.search(label)
    if short:
        units += ["person", "night"] if short["night"] else ["person"]
    return tuple(dict.fromkeys(units))


def counts_of(constraints: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, int]:
    """How many of each unit the request is for; the offer's own values fill in what it lacks."""
    counts = {}
    for unit, names in SOURCES.items():
        for values in (constraints, fields):
            number = next((n for name in names if (n := _whole(values.get(name)))), None)
            if number:
                counts[unit] = number
                break
    for first, last in (("check_in", "check_out"), ("start_date", "end_date")):
        nights = _nights(constraints.get(first), constraints.get(last))
        if nights is not None:
            counts.setdefault("night", nights)
            counts.setdefault("day", nights + 1)
    nights = counts.get("night", 0)
    if nights and nights % 7 == 0:
        counts["week"] = nights // 7
    return {unit: number for unit, number in counts.items() if number > 0}


def in_words(unit: str, number: int) -> str:
    """ "1 night", "14 nights", "8 people"."""
    if number == 1:
        return f"1 {unit}"
    return f"{number} {_PLURAL.get(unit, unit + 's')}"


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return None


def _nights(first: Any, last: Any) -> int | None:
    try:
        length = date.fromisoformat(str(last)) - date.fromisoformat(str(first))
    except ValueError:
        return None
    return length.days if length.days > 0 else None
