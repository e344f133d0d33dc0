"""The demo's do-not-call registry: a small made-up list, handed in as a real download would be."""

import io
import random
from datetime import date, timedelta

from django.utils import timezone

from compliance.dnc import load
from compliance.dnc.sources import NATIONAL
from compliance.models import DncVersion
from config.demo.owners import Owners, load_owners

ACTOR = "demo world"
PER_AREA_CODE = 200
WEEK = timedelta(days=7)


def renew(*, after: timedelta = timedelta()) -> bool:
    """Hand in today's list where the one in force is older than `after`; whether it did.

    The demo does so once a week while it plays, as a desk that downloads the list would. Who only
    turns the clock sees what happens to those who don't: from the 29th day every text is refused.
    """
    today = timezone.localdate()
    newest = DncVersion.objects.filter(source=NATIONAL).order_by("-list_date").first()
    if newest is not None and today - newest.list_date <= after:
        return False
    owners = load_owners()
    raw = full_list(owners, today)
    file = load.hand_in(
        f"full-list-{today}.txt", source=NATIONAL, list_date=today, actor=ACTOR,
        san=owners.seller.san, size=len(raw),
    )  # fmt: skip
    load.load(file, io.BytesIO(raw), actor=ACTOR)
    return True


def full_list(owners: Owners, day: date) -> bytes:
    """The flat list of that day: every area code the owners have, and the owners who are listed.

    Each day's differs a little from the last's, as real ones do.
    """
    listed = {number[2:] for owner in owners.owner if owner.listed for number in owner.phones}
    ours = {number[2:] for owner in owners.owner for number in owner.phones}
    found = set(listed)
    for area_code in sorted({number[:3] for number in ours}):
        steady, daily = random.Random(area_code), random.Random(f"{area_code} {day}")
        for place in range(PER_AREA_CODE):
            dice = daily if place < 3 else steady
            found.add(f"{area_code}{dice.randint(2, 9)}{dice.randint(0, 999_999):06}")
    return "".join(f"{n[:3]},{n[3:]}\n" for n in sorted(found - (ours - listed))).encode()
