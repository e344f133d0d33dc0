"""Cells that hold a number, an amount, a yes or no, a parcel or words to find somebody by. Pure."""

import re
from decimal import Decimal, InvalidOperation

from crm.imports.cells import SHORTENED, short
from crm.imports.problems import Reason, RefusedRowError

SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "₽": "RUB", "руб": "RUB", "руб.": "RUB"}
TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "mm": 1_000_000, "тыс": 1_000, "млн": 1_000_000}
AMOUNT = re.compile(
    r"(?P<before>[^\d\s.,-]{0,4})\s*(?P<digits>\d[\d\s.,'’\u00a0\u202f]*)\s*"
    r"(?P<times>mm?|k|тыс|млн)?\.?\s*(?P<after>[^\d\s,-]{0,4})",
    re.IGNORECASE,
)
LARGEST = Decimal(10) ** 12
YES = frozenset(["yes", "y", "true", "1", "x", "ok", "valid", "verified", "si", "sí", "да", "✓"])
NO = frozenset(["no", "n", "false", "0", "invalid", "unverified", "not verified", "нет"])
MOST_TAGS, LONGEST_TAG = 30, 60
COUNTY = re.compile(r"\s+(?:county|co\.?)$|^(?:condado de)\s+", re.IGNORECASE)
LONGEST_PARCEL, LONGEST_COUNTY = 60, 80


def yes_or_no(cell: str) -> bool | None:
    """What the cell says; None where it says neither."""
    word = cell.strip().casefold()
    return True if word in YES else False if word in NO else None


def number(cell: str, column: str) -> float | None:
    """A number as people write it: “87”, “87 %”, “43,5”."""
    bare = cell.replace("%", "").strip()
    if not bare:
        return None
    try:
        found = float(bare if re.fullmatch(r"-?\d+\.\d+", bare) else _pointed(bare))
    except (ValueError, InvalidOperation) as error:
        words = f"“{cell[:60]}” is no number; write it like 87 or 43.5."
        raise RefusedRowError(Reason.BAD_NUMBER, words, column=column, value=cell) from error
    if not abs(found) < float(LARGEST):  # what is no number at all compares as neither
        words = f"“{cell[:60]}” is no number, or too large a one."
        raise RefusedRowError(Reason.BAD_NUMBER, words, column=column, value=cell)
    return found


def headcount(cell: str) -> int | None:
    """How many people work there; of a range such as “51-200” its lower end."""
    if not cell:
        return None
    first = re.match(r"\D{0,12}?(\d[\d\s.,']*)", cell)
    digits = re.sub(r"\D", "", first.group(1)) if first else ""
    if not digits or len(digits) > 9:
        words = f"“{cell[:60]}” is no number of people; write it like 120."
        raise RefusedRowError(Reason.BAD_NUMBER, words, column="employees", value=cell)
    return int(digits)


def confidence(cell: str) -> float | None:
    """A share from 0 to 1; from a share, a percentage or points out of a hundred."""
    found = number(cell, "confidence")
    if found is None:
        return None
    share = found / 100 if found > 1 or "%" in cell else found
    if not 0 <= share <= 1:
        words = f"“{cell[:60]}” is no confidence; write it from 0 to 1 or from 0 to 100."
        raise RefusedRowError(Reason.BAD_NUMBER, words, column="confidence", value=cell)
    return share


def amount(cell: str, column: str) -> tuple[Decimal | None, str]:
    """An amount of money and its ISO currency, “” where none is told: “$250,000”, “1.2M €”."""
    if not cell:
        return None, ""
    found = AMOUNT.fullmatch(cell.strip())
    try:
        if not found:
            raise ValueError("no amount")
        value = Decimal(_pointed(found["digits"])) * TIMES[(found["times"] or "").lower()]
        currency = _currency(found["before"]) or _currency(found["after"])
        if value >= LARGEST or (found["before"] + found["after"] and not currency):
            raise ValueError("too large, or in what money")
    except (ValueError, InvalidOperation) as error:
        words = f"“{cell[:60]}” is no amount of money; write it like 250000 or $250,000."
        raise RefusedRowError(Reason.BAD_AMOUNT, words, column=column, value=cell) from error
    return value.quantize(Decimal("0.01")), currency


def currency(cell: str) -> str:
    """An ISO 4217 code."""
    if not cell:
        return ""
    if code := _currency(cell):
        return code
    words = f"“{cell[:20]}” is no currency; write a code such as USD."
    raise RefusedRowError(Reason.BAD_AMOUNT, words, column="currency", value=cell)


def _currency(word: str) -> str:
    bare = word.strip()
    if code := SIGNS.get(bare.upper()) or SIGNS.get(bare.lower()):
        return code
    return bare.upper() if re.fullmatch(r"[A-Za-z]{3}", bare) else ""


def _pointed(text: str) -> str:
    """Digits with a decimal point: a sign that stands once before one or two digits is it."""
    bare = re.sub(r"[\s'’\u00a0\u202f]", "", text)
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return bare
    sign, behind = bare[last], len(bare) - last - 1
    grouped = bare.count(sign) > 1 or (behind == 3 and bare[:last].lstrip("-0") != "")
    if grouped:
        return re.sub(r"[.,]", "", bare)
    return f"{re.sub(r'[.,]', '', bare[:last])}.{bare[last + 1 :]}"


def tags(cell: str) -> list[str]:
    """The words of a cell, set apart by “,”, “;” or “|”, each once."""
    found = (" ".join(part.split())[:LONGEST_TAG] for part in re.split(r"[;|,]", cell))
    return list({one.casefold(): one for one in found if one}.values())[:MOST_TAGS]


def parcel(cell: str) -> str:
    """A parcel's number in capitals; what a spreadsheet made of it is refused."""
    bare = " ".join(cell.upper().split())
    if SHORTENED.fullmatch(bare.replace(" ", "")) and "E" in bare:
        words = f"“{cell}” was shortened by a spreadsheet; format the column as text and save anew."
        raise RefusedRowError(Reason.BAD_PARCEL, words, column="parcel_id", value=cell)
    if bare and not any(sign.isalnum() for sign in bare):
        words = f"“{cell[:60]}” is no parcel: it has neither digits nor letters."
        raise RefusedRowError(Reason.BAD_PARCEL, words, column="parcel_id", value=cell)
    return short(bare, LONGEST_PARCEL, "parcel_id")


def county(cell: str) -> str:
    """A county by its name alone: “ORANGE COUNTY” and “orange” are “Orange”."""
    bare = COUNTY.sub("", short(cell, LONGEST_COUNTY, "county"))
    return bare.title() if bare.isupper() or bare.islower() else bare
