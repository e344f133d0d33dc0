"""What is known of the mail domains of a list, counted by its addresses."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from crm.choices import Deliverability
from crm.models import MailDomain

NOT_ASKED = "not looked at yet"


@dataclass(frozen=True, slots=True)
class MailState:
    """`addresses` by verdict; `dead` are domains that take no mail: name, why, and how many."""

    addresses: dict[str, int]
    dead: list[tuple[str, str, int]]


def state_of(domains: Mapping[str, int]) -> MailState:
    """How many addresses are at domains that take mail, take none, or are not known yet.

    `domains` are names with the number of addresses there; “” stands for names not kept.
    """
    known = MailDomain.objects.in_bulk([one for one in domains if one])
    now = timezone.now()
    counts: dict[str, int] = {}
    dead = []
    for name, number in domains.items():
        row = known.get(name)
        is_known = row is not None and row.expires_at > now
        word = row.verdict if row is not None and is_known else NOT_ASKED
        counts[word] = counts.get(word, 0) + number
        if row is not None and word == Deliverability.UNDELIVERABLE:
            dead.append((name, row.reason, number))
    order = [*Deliverability.values, NOT_ASKED]
    dead.sort(key=lambda one: -one[2])
    return MailState({word: counts[word] for word in order if word in counts}, dead)
