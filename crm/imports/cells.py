"""Cells as people write them, turned into the values we store, or refused with the reason."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from zoneinfo import available_timezones

from babel.core import get_global
from disposable_email_domains import blocklist

from compliance.choices import LineType
from compliance.spreadsheets import plain
from crm.addresses import (
    SHARED_DOMAINS,
    normalise_domain,
    normalise_email,
    normalise_phone,
    normalise_url,
)
from crm.errors import BadAddressError
from crm.imports.problems import Reason, RefusedRowError
from crm.lines import read_line_type
from crm.places.airports import names
from crm.places.lookup import country_code

# What people and programs write for “nothing”.
NOTHING = frozenset(
    {"n/a", "n.a.", "#n/a", "none", "null", "nil", "-", "--", "---", "–", "—", "?", "нет",
     "не указан", "не указано", "sin datos", "(blank)", "not available"}
)  # fmt: skip
MAILBOXES_OF_ROLES = frozenset(
    [
        "abuse",
        "accounting",
        "accounts",
        "admin",
        "administrator",
        "billing",
        "booking",
        "bookings",
        "careers",
        "compliance",
        "contact",
        "contacto",
        "contacts",
        "customerservice",
        "enquiries",
        "enquiry",
        "events",
        "feedback",
        "finance",
        "hello",
        "help",
        "helpdesk",
        "hola",
        "hostmaster",
        "hr",
        "info",
        "informacion",
        "inquiries",
        "inquiry",
        "investors",
        "invoices",
        "jobs",
        "legal",
        "mail",
        "mailbox",
        "marketing",
        "media",
        "news",
        "newsletter",
        "no-reply",
        "noreply",
        "office",
        "operations",
        "ops",
        "orders",
        "partners",
        "postmaster",
        "pr",
        "press",
        "privacy",
        "reception",
        "recruiting",
        "reservations",
        "root",
        "sales",
        "security",
        "service",
        "services",
        "soporte",
        "support",
        "team",
        "tech",
        "ventas",
        "webmaster",
        "welcome",
        "zakaz",
    ]
)
# Addresses that need no library to be seen as sound; all others are read the slow way.
SOUND_EMAIL = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9]|-(?!-)){0,30}\.)+[a-z]{2,24}"
)
# American numbers in the form they are kept in, as the library would give them back.
SOUND_NUMBER = re.compile(r"\+1[2-9]\d{9}", re.ASCII)
NOT_PUBLIC = ("local", "localhost", "invalid", "onion", "arpa", "internal", "alt", "test")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?", re.IGNORECASE)
LONGEST_URL = 500
SHORTENED = re.compile(r"\+?\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)


def split(cell: str) -> list[str]:
    """The parts of a cell that holds several, set apart by “;” or “|”."""
    return _parts(cell, r"[;|]")


def clean(cells: dict[str, str]) -> dict[str, str]:
    """The cells without what stands for nothing, and as they were before `harmless`."""
    return {
        one: "" if cell.casefold() in NOTHING and not one.endswith("name") else plain(cell)
        for one, cell in cells.items()
        if cell
    }


def emails(cell: str) -> list[str]:
    """The addresses of a cell, IDNA and in lower case; “Pat <p@x.example>” is its address."""
    if not cell:
        return []
    bare = cell.lower()
    if len(bare) < 200 and SOUND_EMAIL.fullmatch(bare) and _is_public(bare):
        return [bare]
    parts = _parts(cell, r"[;|,\n]" if cell.count("@") > 1 else r"[;|]")
    several = [one for part in parts for one in (part.split() if part.count("@") > 1 else [part])]
    return _unique(_email(part, cell) for part in several)


def _is_public(address: str) -> bool:
    return address.rpartition(".")[2] not in NOT_PUBLIC and address.find("@") <= 64


def _email(part: str, cell: str) -> str:
    inside = re.search(r"<([^<>]+)>", part)
    try:
        return normalise_email(inside.group(1) if inside else part)
    except BadAddressError as error:
        raise RefusedRowError(Reason.BAD_EMAIL, str(error), column="email", value=cell) from error


def phones(cell: str, country: str, column: str = "phone") -> list[str]:
    """The numbers of a cell in E.164; those without a country code are of `country`."""
    if SOUND_NUMBER.fullmatch(cell):
        return [cell]
    return _unique(_phone(part, country, column) for part in _numbers(cell)) if cell else []


def _numbers(cell: str) -> list[str]:
    parts = split(cell)
    if len(parts) == 1:
        finer = _parts(cell, r"[,/\n]|\s+(?=\+)")
        whole = all(len(re.sub(r"\D", "", part)) >= 7 for part in finer)
        return finer if whole else parts
    return parts


@lru_cache(maxsize=4096)
def _phone(part: str, country: str, column: str) -> str:
    if SHORTENED.fullmatch(part.replace(" ", "")):
        words = f"“{part}” was shortened by a spreadsheet; format the column as text and save anew."
        raise RefusedRowError(Reason.BAD_PHONE, words, column=column, value=part)
    digits = "+" + part[2:] if re.match(r"00[1-9]", part) else part
    try:
        return normalise_phone(digits, country=country or "US")
    except BadAddressError as error:
        raise RefusedRowError(Reason.BAD_PHONE, str(error), column=column, value=part) from error


def page(cell: str, column: str) -> str:
    """The address of a web page."""
    try:
        if len(cell) > LONGEST_URL:
            raise BadAddressError(f"“{column}” is longer than {LONGEST_URL} characters.")
        return normalise_url(cell)
    except BadAddressError as error:
        raise RefusedRowError(Reason.BAD_URL, str(error), column=column, value=cell) from error


def lines_of(said: str, count: int) -> list[LineType]:
    """What `count` numbers are: one word for all of them, or one each."""
    words = split(said) or ["unknown"]
    if len(words) not in {1, count}:
        raise RefusedRowError(
            Reason.BAD_LINE,
            f"“line_type” names {len(words)} lines for {count} phone numbers; write one for all, "
            "or one each.", column="line_type", value=said,
        )  # fmt: skip
    found = [_line(word) for word in words]
    return found if len(found) == count else found * count


def _line(word: str) -> LineType:
    line = read_line_type(word)
    if line is None:
        words = f"There is no line “{word[:40]}”; use mobile, landline, voip or unknown."
        raise RefusedRowError(Reason.BAD_LINE, words, column="line_type", value=word)
    return line


@lru_cache(maxsize=4096)
def country(cell: str) -> str:
    """ISO 3166 alpha-2, from a code or a name in one of our languages."""
    if not cell:
        return ""
    code = cell.strip().upper().replace(".", "")
    if len(code) == 2 and code in _codes():
        return code
    alias = get_global("territory_aliases").get(code, [])
    if len(code) in {2, 3} and len(alias) == 1 and alias[0] in _codes():
        return str(alias[0])
    if found := country_code(cell):
        return found
    words = f"“{cell[:60]}” is no country; write a name or a code such as US."
    raise RefusedRowError(Reason.BAD_COUNTRY, words, column="country", value=cell)


@cache
def _codes() -> frozenset[str]:
    from babel import Locale

    return frozenset(
        code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()
    )


def state(cell: str) -> str:
    """The postal code of a US state, from the code or the name; “” for states of elsewhere."""
    bare = cell.strip().upper().replace(".", "")
    return bare if bare in names()["states"] else _states().get(cell.strip().casefold(), "")


@cache
def _states() -> dict[str, str]:
    return {name.casefold(): code for code, name in names()["states"].items()}


@lru_cache(maxsize=4096)
def domain(cell: str, column: str = "domain") -> str | None:
    """A company's own domain from a site, a mail address or a bare name; None for mail hosts."""
    if not cell:
        return None
    found = normalise_domain(cell)
    if found is None or not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+", found):
        if cell.strip().lower().removeprefix("www.") in SHARED_DOMAINS:
            return None
        words = f"“{cell[:100]}” is no company's domain; one looks like jets.example."
        raise RefusedRowError(Reason.BAD_DOMAIN, words, column=column, value=cell)
    return found


def time_zone(cell: str) -> str:
    """The name of a zone, unchanged."""
    if cell and cell not in _zones():
        words = f"There is no time zone “{cell}”; write it like America/New_York."
        raise RefusedRowError(Reason.BAD_TIMEZONE, words, column="timezone", value=cell)
    return cell


_zones = cache(available_timezones)  # walks the whole tz database


def language(cell: str) -> str:
    """A language's code; “” where the cell holds something else."""
    return cell.lower()[:8] if LANGUAGE.fullmatch(cell) else ""


def short(cell: str, longest: int, column: str) -> str:
    """The cell on one line, if its field holds it."""
    bare = " ".join(cell.split())
    if len(bare) > longest:
        words = f"“{column}” is longer than {longest} characters."
        raise RefusedRowError(Reason.TOO_LONG, words, column=column, value=cell)
    return bare


def is_role_account(email: str) -> bool:
    """Whether a mailbox belongs to a task, such as info@, rather than to a person."""
    return email.partition("@")[0].partition("+")[0] in MAILBOXES_OF_ROLES


def is_disposable(email: str) -> bool:
    """Whether the mailbox is of a service for throw-away addresses."""
    host = email.rpartition("@")[2]
    return host in blocklist or host.partition(".")[2] in blocklist


def _parts(cell: str, between: str) -> list[str]:
    return [part.strip() for part in re.split(between, cell) if part.strip()]


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
