"""One decision of the gate with all rules, beside the five million numbers of the lists."""

import random
import statistics
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from compliance import consent, gate
from compliance.gate import Outbound, Place, Recent
from compliance.models import Consent
from tests.bench.bench_dnc import FLAT_CODES
from tests.bench.rows import Row, at_most

PEOPLE = 1000
SELLER = "Harbor Homes LLC"
BODY = f"{SELLER}: is the house for sale? Reply STOP to opt out."


def run() -> list[Row]:
    """Texts to people with a consent, a second number, a ZIP code and something said before."""
    settings.SELLER_NAME = SELLER
    now = timezone.now()
    outbounds = _people(now)
    gate.check_many(outbounds[:1])
    single, batch = [], []
    worked = time.process_time()
    for outbound in outbounds:
        start = time.perf_counter()
        verdict = gate.check(outbound)
        single.append((time.perf_counter() - start) * 1000)
        assert verdict.decision != gate.Decision.REFUSED, verdict.reasons
    own = (time.process_time() - worked) / len(outbounds) * 1000
    for _ in range(5):
        start = time.perf_counter()
        gate.check_many(outbounds)
        batch.append((time.perf_counter() - start) * 1000)
    one, many = statistics.median(single), statistics.median(batch)
    return [
        at_most("gate, one decision, 5 million DNC numbers", f"{one:.2f} ms", one, 2, "ms"),
        # What a busy machine does not stretch: our own work, without the waiting for the server.
        at_most("gate, one decision, processor time", f"{own:.2f} ms", own, 2, "ms"),
        at_most("gate, batch of 1,000", f"{many:.0f} ms", many, 500, "ms"),
    ]


def _people(now: datetime) -> list[Outbound]:
    chance = random.Random(11)
    phones = [
        f"+1{chance.choice(FLAT_CODES)}{chance.randrange(2_000_000, 10_000_000)}"
        for _ in range(PEOPLE)
    ]
    given = [
        consent.Given(
            address_kind="phone", address=phone, kind="written", channels=("sms",), source="form",
            given_at=now - timedelta(days=30), seller=SELLER, text="I agree to marketing texts …",
            automation_shown=True, not_condition_shown=True, affirmative_act="checkbox",
        )
        for phone in phones
    ]  # fmt: skip
    Consent.objects.bulk_create(
        Consent(**consent.values(one), recorded_by="bench") for one in given
    )
    zips = ("33101", "32801", "33401", "33601")
    return [
        Outbound(
            "sms", phone, now, body=BODY, purpose="marketing",
            other_addresses=(("email", f"person{n}@home.example"), ("phone", phones[n - 1])),
            places=(Place(chance.choice(zips), "FL", "US"),),
            recent=(Recent(now - timedelta(days=2), "email", True),),
        )
        for n, phone in enumerate(phones)
    ]  # fmt: skip
