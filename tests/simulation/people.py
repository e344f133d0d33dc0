"""Two thousand residents of fifty states, with every awkward kind of address, and their rows."""

import io
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from compliance import consent
from compliance.dnc import load
from compliance.models import Consent
from crm.models import Company, Contact, ContactPoint
from tests.simulation.log import Resident
from tests.simulation.states import AREA_CODES, CORNERS, STATES, Corner

WORDS = (
    "I agree that {seller} may send me marketing texts with an automated system. "
    "My consent is no condition of a purchase."
)


# A number with the state and the zone it belongs to, "" where it belongs nowhere.
Phone = tuple[str, str, str]
# Of a hundred, how many are known in this way.
KINDS = {
    "plain": 60, "phone only": 8, "state only": 6, "two states": 8, "two numbers": 5,
    "toll-free": 3, "unknown": 1, "said": 3, "no phone": 2, "no mail": 2, "abroad": 2,
}  # fmt: skip


class Registry:
    """Gives out fictional numbers (555-01XX), each once."""

    def __init__(self) -> None:
        self.given: Counter[str] = Counter()

    def number(self, area_code: str) -> str:
        line = self.given[area_code]
        self.given[area_code] += 1
        assert line < 100, f"{area_code} has no fictional number left"
        return f"+1{area_code}55501{line:02}"


def make_residents(count: int, chance: random.Random) -> list[Resident]:
    """Every state in turn, so that none is left out; how much is known of each is chance."""
    registry = Registry()
    return [_resident(key, chance, registry) for key in range(count)]


def _resident(key: int, chance: random.Random, registry: Registry) -> Resident:
    home = chance.choice([one for one in CORNERS if one.state == STATES[key % len(STATES)]])
    one = Resident(key, f"p{key}@mail{key % 40}.example", state=home.state, zip_zone=home.zone)

    def own() -> Phone:
        return _phone(home, chance, registry)

    def away() -> Phone:
        return _phone(chance.choice(CORNERS), chance, registry)

    def placeless(area_code: str) -> Phone:
        return registry.number(area_code), "", ""

    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    found = {
        "plain": lambda: replace(one, phones=(own(),)),
        "phone only": lambda: Resident(key, one.email, (own(),)),
        "state only": lambda: Resident(key, one.email, (own(),), home.state),
        "two states": lambda: replace(one, phones=(away(),)),
        "two numbers": lambda: replace(one, phones=(own(), away())),
        "toll-free": lambda: replace(one, phones=(placeless("800"),)),
        "unknown": lambda: Resident(key, one.email, (placeless("211"),), country=""),
        "said": lambda: Resident(key, one.email, (away(),), home.state, said=home.zone),
        "no phone": lambda: one,
        "no mail": lambda: replace(one, email="", phones=(own(),)),
        "abroad": lambda: Resident(key, one.email, country=chance.choice(["GB", "DE", "RU"])),
    }[kind]()
    return replace(
        found,
        signed=_some(found.numbers, 0.92, chance),
        listed=_some(found.numbers, 0.1, chance),
        listed_late=_some(found.numbers, 0.03, chance),
        employed=chance.random() < 0.1,
    )


def _some(numbers: tuple[str, ...], share: float, chance: random.Random) -> frozenset[str]:
    return frozenset(number for number in numbers if chance.random() < share)


def _phone(corner: Corner, chance: random.Random, registry: Registry) -> Phone:
    return registry.number(chance.choice(corner.area_codes)), corner.state, corner.zone


def add_people(residents: list[Resident], chance: random.Random) -> dict[int, UUID]:
    """The residents as contacts, some of them at a company; returns the contact by key."""
    zips = {(c.state, c.zone): c.zips for c in CORNERS}
    companies = Company.objects.bulk_create(
        Company(name=f"Company {number}", country="US")
        for number in range(1 + len(residents) // 20)
    )
    contacts = Contact.objects.bulk_create(
        Contact(
            name=f"Pat Number{one.key}",
            company=chance.choice(companies) if one.employed else None,
            country=one.country if one.state or one.country != "US" else "",
            state=one.state,
            postal_code=chance.choice(zips[one.state, one.zip_zone]) if one.zip_zone else "",
            timezone=one.said,
        )
        for one in residents
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(contact=contact, kind=kind, value=value)
        for one, contact in zip(residents, contacts, strict=True)
        for kind, value in (
            *([("email", one.email)] if one.email else []),
            *(("phone", number) for number in one.numbers),
            ("social", f"https://social.example/in/p{one.key}"),
        )
    )
    return {one.key: contact.pk for one, contact in zip(residents, contacts, strict=True)}


def sign(residents: list[Resident], at: datetime) -> None:
    """Their written consents, as the web form keeps them."""
    given = [
        consent.Given(
            "phone", number, "written", ("sms",), "web form", at - timedelta(days=30),
            seller=settings.SELLER_NAME, text=WORDS.format(seller=settings.SELLER_NAME),
            person_name=f"Pat Number{one.key}", automation_shown=True, not_condition_shown=True,
            affirmative_act="checkbox",
        )
        for one in residents for number in sorted(one.signed)
    ]  # fmt: skip
    Consent.objects.bulk_create(
        Consent(**consent.values(one), recorded_by="web form") for one in given
    )


def import_do_not_call(day: date, residents: Sequence[Resident], *, late: bool) -> None:
    """The national list of a day, for the area codes that live here: who is on it, and others."""
    numbers = {number for one in residents for number in one.numbers}
    codes = sorted({number[2:5] for number in numbers} & set(AREA_CODES))
    listed = {
        number
        for one in residents
        for number in (one.listed | one.listed_late if late else one.listed)
    }
    first = 2000 + day.toordinal() % 1000  # no two editions are alike
    others = range(first, first + max(40, len(residents) // 10))  # nor do they differ by 5%
    lines = [f"{code},555{number}" for code in codes for number in others]
    lines += [f"{number[2:5]},{number[5:]}" for number in listed if number[2:5] in codes]
    file = load.hand_in(
        "list.txt", source="national", list_date=day, actor="sam", san=settings.DNC_SAN, today=day
    )
    text = "".join(f"{line}\n" for line in sorted(lines))
    loaded = load.load(file, io.BytesIO(text.encode()), actor="sam")
    assert loaded.status == "loaded", loaded.problem
