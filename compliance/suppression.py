"""The suppression list: add to it, and ask it about many addresses at once."""

from collections.abc import Iterable
from datetime import datetime

from compliance.choices import AddressKind, SuppressionScope
from compliance.models import Suppression


def normalise(kind: str, address: str) -> str:
    """The form in which addresses are stored and looked up: no surrounding space, lower case."""
    cleaned = address.strip().lower()
    return cleaned.lstrip("@") if kind == AddressKind.DOMAIN else cleaned


def suppress(
    kind: str,
    address: str,
    *,
    reason: str,
    source: str,
    received_at: datetime,
    words: str = "",
    scope: str = SuppressionScope.ALL,
) -> Suppression:
    """Add an address to the list; an address already there keeps its first entry."""
    row, _created = Suppression.objects.get_or_create(
        kind=kind,
        address=normalise(kind, address),
        scope=scope,
        defaults={
            "reason": reason,
            "source": source,
            "words": words[:2000],
            "received_at": received_at,
        },
    )
    return row


def find(addresses: Iterable[tuple[str, str]], *, channel: str) -> dict[str, Suppression]:
    """Which of the (kind, address) pairs are suppressed for a channel, by normalised address.

    E-mail addresses are matched by themselves and by their domain; one query however many.
    """
    wanted: dict[str, set[str]] = {}
    for kind, address in addresses:
        cleaned = normalise(kind, address)
        wanted.setdefault(cleaned, set()).add(cleaned)
        if kind == AddressKind.EMAIL and "@" in cleaned:
            wanted.setdefault(cleaned.rsplit("@", 1)[1], set()).add(cleaned)
    if not wanted:
        return {}
    rows = Suppression.objects.filter(
        address__in=list(wanted), scope__in=[SuppressionScope.ALL, channel]
    )
    found: dict[str, Suppression] = {}
    for row in rows:
        is_domain = row.kind == AddressKind.DOMAIN
        for address in wanted[row.address]:
            if is_domain == (address != row.address):
                found[address] = row
    return found
