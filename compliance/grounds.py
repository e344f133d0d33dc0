"""What an allowed decision stood on, in the words the evidence is asked for. Pure."""

import zoneinfo
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from compliance.choices import AddressKind
from compliance.email_law import EmailLaw
from compliance.evidence.moments import moment
from compliance.line_types import in_words
from compliance.models import Consent
from compliance.outbound import Outbound, Verdict
from compliance.rules import calling_window
from compliance.rules.calling_window import Rulebook
from compliance.zones import locate

DAY = timedelta(days=1)


def grounds_of(
    outbound: Outbound,
    verdict: Verdict,
    *,
    book: Rulebook | None,
    mail_laws: Sequence[EmailLaw],
    covering: Sequence[Consent],
    lists: dict[str, str],
) -> dict[str, str]:
    """Answers by field of the evidence's `gate_decision` section.

    `book` holds the hours that were applied, None where none bind the channel; `mail_laws` what
    the recipient's countries say of marketing mail; `covering` the consents that allow it;
    `lists` which do-not-call lists were asked.
    """
    counted = [one for one in outbound.recent if one.at > outbound.at - DAY]
    answers = {
        "decided_at_utc": moment(outbound.at),
        "suppression_checked_at": moment(outbound.at),
        "count_24h": str(len(counted)),
        "consent_id": ", ".join(str(consent.pk) for consent in covering),
        **lists,
    }
    if book is not None:
        answers |= _hours(outbound, book)
    if mail_laws:
        answers["state_rules_applied"] = "; ".join(
            f"{law.country} ({law.citation})" for law in mail_laws
        )
    if outbound.address_kind == AddressKind.PHONE:
        answers["line_type"] = in_words(outbound.to, outbound.line_type)
    if verdict.deadline:
        answers["send_deadline"] = moment(verdict.deadline)
    return {name: text for name, text in answers.items() if text}


def _hours(outbound: Outbound, book: Rulebook) -> dict[str, str]:
    where = outbound.whereabouts
    local = {zone: outbound.at.astimezone(ZoneInfo(zone)) for zone in sorted(where.zones)}
    days = sorted({clock.date() for clock in local.values()})
    barred = [reason for day in days
              if (reason := calling_window.barred_by(day, where.jurisdictions, book))]  # fmt: skip
    return {
        "policy_version": book.version,
        "zones_considered": ", ".join(local),
        "zone_sources": "; ".join(_sources(outbound)),
        "recipient_local_times": ", ".join(f"{at:%a %H:%M} {zone}" for zone, at in local.items()),
        "tzdata_version": tzdata_version(),
        "state_rules_applied": "; ".join(_laws(where.jurisdictions, book)),
        "holiday_check": "; ".join(barred) or "No holiday on " + ", ".join(map(str, days)),
    }


def _sources(outbound: Outbound) -> list[str]:
    """Which of the things we know pointed to which zones; a number by its area code alone."""
    found = [
        (" ".join(filter(None, (place.postal_code, place.county, place.state, place.country,
                                place.zone))), locate((), (place,)))
        for place in outbound.places
    ]  # fmt: skip
    phones = [address for kind, address in outbound.addresses if kind == "phone"]
    found += [(f"number {phone[:5]}…", locate((phone,), ())) for phone in phones]
    return [f"{what}: {', '.join(sorted(where.zones))}" for what, where in found if where.zones]


def _laws(jurisdictions: frozenset[str], book: Rulebook) -> list[str]:
    named = {code: book.rules_of(code) for code in sorted(jurisdictions)}
    return [
        f"{code} ({'; '.join(dict.fromkeys(rule.citation for rule in rules))})"
        for code, rules in named.items()
        if rules
    ]


@cache
def tzdata_version() -> str:
    """Which edition of the time-zone data Python reads on this machine; "" if it does not say."""
    for folder in zoneinfo.TZPATH:
        file = Path(folder) / "tzdata.zi"
        if file.is_file():
            with file.open(encoding="utf-8") as lines:
                return lines.readline().removeprefix("# version").strip()
    try:
        from tzdata import IANA_VERSION
    except ImportError:
        return ""
    return str(IANA_VERSION)
