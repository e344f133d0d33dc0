"""Whole and decimal numbers in a text, in digits or in words of our languages."""

import re
from decimal import Decimal

from outreach.reading.found import Found

WORDS: dict[str, int] = {}


def _add(words: str, start: int = 1) -> None:
    for offset, forms in enumerate(words.split()):
        for form in forms.split("/"):
            WORDS.setdefault(form, start + offset)


_add(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
)
_add("uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince")
_add("un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze")
_add("ein/eine/einen/einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf")
_add(
    "один/одного/одна два/двух/две/двоих три/трех/трёх/троих четыре/четырех/четырёх/четверых"
    " пять/пяти/пятерых шесть/шести/шестерых семь/семи восемь/восьми девять/девяти десять/десяти"
    " одиннадцать/одиннадцати двенадцать/двенадцати"
)
_add("uno due tre quattro cinque sei sette otto nove dieci")
_add("um/uma dois/duas três quatro cinco seis sete oito nove dez")
_add("een twee drie vier vijf zes zeven acht negen tien")
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "zwanzig": 20, "dreißig": 30,
    "vierzig": 40, "fünfzig": 50, "двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30,
    "сорок": 40, "сорока": 40, "пятьдесят": 50, "пятидесяти": 50, "sessenta": 60, "hundred": 100,
    "cien": 100, "cent": 100, "hundert": 100, "сто": 100, "ста": 100, "dozen": 12, "docena": 12,
    "douzaine": 12, "dutzend": 12, "дюжина": 12,
}  # fmt: skip
# Articles that are numbers only beside a unit ("a dozen", "un jet"): never read on their own.
ARTICLES = frozenset(
    {"a", "an", "un", "une", "uno", "una", "ein", "eine", "einen", "einer", "um", "uma", "een"}
)
_DIGITS = r"\d{1,3}(?:[,.\u00a0\u202f’' ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_ENGLISH_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NAMED = "|".join(sorted([*WORDS, *TENS], key=len, reverse=True))
NUMBER = (
    rf"(?:(?P<digits>{_DIGITS})(?P<scale>\s?(?:k|K|m|mm|M|million|mil|тыс\.?|Mio\.?))?(?![^\W_])"
    rf"|(?P<tens>{_ENGLISH_TENS})[-\s](?P<unit>one|two|three|four|five|six|seven|eight|nine)\b"
    rf"|(?:(?:a|one)\s+)?(?P<named>{_NAMED})\b)"
)
_NUMBER = re.compile(rf"(?<![\w.,/#-]){NUMBER}", re.IGNORECASE)
_SCALES = {"k": 1000, "тыс": 1000, "m": 10**6, "mm": 10**6, "million": 10**6, "mil": 1000,
           "mio": 10**6}  # fmt: skip


def to_decimal(digits: str) -> Decimal:
    """The number in digits with thousands and decimal marks of either custom.

    One mark followed by exactly three digits groups thousands: "1.200" and "1,200" are 1200.
    """
    compact = re.sub(r"[\s\u00a0\u202f’']", "", digits)
    marks = [c for c in compact if c in ".,"]
    if marks:
        last = marks[-1]
        whole, _, tail = compact.rpartition(last)
        repeated = marks.count(last) > 1
        if len(tail) == 3 and (repeated or len(marks) == 1) and whole.strip("0.,"):
            compact = compact.replace(",", "").replace(".", "")
        else:
            compact = re.sub(r"[.,]", "", whole) + "." + tail
    return Decimal(compact)


def value_of(match: re.Match[str]) -> Decimal:
    """The number a match of `NUMBER` stands for."""
    if match["digits"]:
        scale = (match["scale"] or "").strip().lower().rstrip(".")
        return to_decimal(match["digits"]) * _SCALES.get(scale, 1)
    if match["tens"]:
        return Decimal(TENS[match["tens"].lower()] + WORDS[match["unit"].lower()])
    word = match["named"].lower()
    return Decimal(TENS.get(word) or WORDS[word])


def find_numbers(text: str) -> list[Found[Decimal]]:
    """Every number in a text, in order; articles alone are not numbers."""
    return [
        Found(value_of(m), m.start(), m.end())
        for m in _NUMBER.finditer(text)
        if m.group().lower() not in ARTICLES
    ]
