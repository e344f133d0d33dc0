"""The lead board and the leads' list over 100,000 leads: time and number of queries."""

from django.contrib.auth.models import User
from django.test import Client

from crm.choices import LeadStatus
from crm.models import Contact, Lead, Property
from tests.bench.bench_lists import page_row
from tests.bench.rows import Row

LEADS, BATCH = 100_000, 5000
PAGES = {
    "board": "/admin/leads/",
    "board, live": "/admin/leads/columns/",
    "board, by words": "/admin/leads/columns/?q=palm+court+77",
    "board, mine": "/admin/leads/columns/?owner=me",
    "list": "/admin/crm/lead/",
    "list, by words": "/admin/crm/lead/?q=palm+court+77",
    "list, by words of two places": "/admin/crm/lead/?q=owner+court",
    "list, by a word most have": "/admin/crm/lead/?q=palm",
    "list, by words nobody has": "/admin/crm/lead/?q=palm+grove+lane",
}


def run() -> list[Row]:
    """Median of five loads of each page, through the whole stack."""
    bench = User.objects.get(username="bench")
    _fill(bench)
    client = Client()
    client.force_login(bench)
    return [page_row(client, f"100,000 leads: {name}", url) for name, url in PAGES.items()]


def _fill(bench: User) -> None:
    stages = list(LeadStatus)
    for start in range(0, LEADS, BATCH):
        numbers = range(start, start + BATCH)
        people = Contact.objects.bulk_create(Contact(name=f"Owner {n}") for n in numbers)
        houses = Property.objects.bulk_create(
            Property(parcel_id=f"bench-{n}", county=f"County {n % 40}", state="FL",
                     situs_address=f"{n} Palm Court {n % 999}")
            for n in numbers
        )  # fmt: skip
        Lead.objects.bulk_create(
            Lead(contact=person, property=house, status=stages[n % len(stages)],
                 score=n % 97 if n % 3 else None, tier="ABC"[n % 3], market=f"Market {n % 12}",
                 owner=bench if n % 500 == 0 else None, deal_value=n if n % 7 == 0 else None)
            for n, person, house in zip(numbers, people, houses, strict=True)
        )  # fmt: skip
