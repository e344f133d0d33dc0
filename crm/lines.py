"""What kind of line a number is: noted alike wherever the number stands, and on record."""

from functools import cache

from babel import Locale
from django.db import transaction

from compliance import audit
from compliance.choices import LineType
from compliance.line_types import line_of
from compliance.zones import ANY_STATE, locate
from crm.choices import PointKind
from crm.models import ContactPoint
from crm.places.airports import names

WORDS = {
    "": LineType.UNKNOWN, "unknown": LineType.UNKNOWN,
    "mobile": LineType.MOBILE, "cell": LineType.MOBILE, "wireless": LineType.MOBILE,
    "landline": LineType.LANDLINE, "fixed": LineType.LANDLINE, "fixed line": LineType.LANDLINE,
    "voip": LineType.VOIP, "virtual": LineType.VOIP,
}  # fmt: skip


def read_line_type(word: str) -> LineType | None:
    """A line type as lists write it; None for a word that is none."""
    return WORDS.get(word.strip().lower().replace("_", " ").replace("-", " "))


def given_out(number: str, told: str = "") -> str:
    """“Florida, United States · America/New_York”: where a number (E.164) was given out.

    Before it the kind of line, where the number's form shows one that nobody has told. A mobile
    keeps its area code wherever its owner moves, so this says where they may be, not where they
    are; what is unsure is said as that.
    """
    found = locate((number,))
    states = names()["states"]
    within = sorted(code for code in found.jurisdictions if "-" in code)
    parts = [str(states.get(code.split("-")[1], code)) for code in within if code != ANY_STATE]
    parts += [_country(code) for code in sorted(found.countries)]
    clocks = sorted(found.zones)
    hours = clocks[0] if len(clocks) == 1 else f"{len(clocks)} time zones" if clocks else ""
    line = line_of(number, told)
    shown = line.label if told in ("", LineType.UNKNOWN) and line != LineType.UNKNOWN else ""
    said = [part for part in (shown, ", ".join(parts), hours) if part]
    return " · ".join(said) or found.unsure.split("; ")[0]


def _country(code: str) -> str:
    return str(_countries().get(code, code))


@cache
def _countries() -> dict[str, str]:
    """Countries by their codes, in English."""
    return dict(Locale("en").territories)


@transaction.atomic
def mark(number: str, line_type: LineType, *, actor: str, reason: str) -> int:
    """Note it at everybody who has this number (E.164); returns at how many it was another."""
    standing = ContactPoint.objects.select_for_update().filter(kind=PointKind.PHONE, value=number)
    others = list(standing.exclude(line_type=line_type))
    if not others:
        return 0
    changed = ContactPoint.objects.filter(pk__in=[point.pk for point in others]).update(
        line_type=line_type
    )
    acts = [
        audit.Act("number.line", point, reason, data={"from": point.line_type, "to": line_type})
        for point in others
    ]
    audit.append_many(acts, actor=actor)
    return changed


def learn(number: str, told: LineType, *, actor: str, reason: str) -> int:
    """Note what a list says where nothing is known, or that it is a landline; see `mark`.

    A list never takes “landline” back: a carrier or a person has seen more than it. Told nothing,
    the number is what it is at others who have it.
    """
    held = set(
        ContactPoint.objects.filter(kind=PointKind.PHONE, value=number)
        .order_by()
        .values_list("line_type", flat=True)
    )
    if LineType.LANDLINE in held or told == LineType.LANDLINE:
        now = LineType.LANDLINE
    else:
        known = sorted(held - {LineType.UNKNOWN})
        now = LineType(known[0]) if known else told
    return mark(number, now, actor=actor, reason=reason) if held != {now} else 0
