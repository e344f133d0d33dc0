"""Two who take the same audience in at the same moment, on PostgreSQL."""

from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection

from crm.models import Contact, ContactPoint, SegmentMember
from crm.segments import versions
from outreach.models import Campaign, Enrollment, Sequence
from outreach.sequences.campaigns import Terms
from outreach.sequences.from_segment import progress, start_from_segment, take_in
from outreach.sequences.install import install_sequences
from outreach.sequences.versions import newest
from tests.factories import make_mailbox

PEOPLE = 40


@pytest.fixture
def campaign(transactional_db: None) -> Campaign:
    boss = User.objects.create_superuser("boss", "boss@desk.example", "pass")
    if not Sequence.objects.exists():
        install_sequences()
    make_mailbox()
    people = Contact.objects.bulk_create(
        Contact(name=f"P{n}", role="CTO", country="US") for n in range(PEOPLE)
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(contact=one, kind="email", value=f"{one.name.lower()}@{one.name}.example")
        for one in people
    )
    Contact.objects.create(name="Other", role="Cook")
    data = {"conditions": [{"field": "contact.role", "op": "is", "value": "CTO"}]}
    segment = versions.create_segment("CTOs", data, actor="boss")
    return start_from_segment(
        versions.newest(segment), newest(Sequence.objects.get(slug="three_step")), name="",
        actor=boss, terms=Terms(offer="We look after planes."),
    )  # fmt: skip


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_everybody_comes_in_once_whoever_takes_them_in(campaign: Campaign) -> None:
    gate, troubles = Barrier(4), []

    def work() -> None:
        gate.wait()
        try:
            take_in(Campaign.objects.get(pk=campaign.pk), actor="boss")
        except Exception as error:
            troubles.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles
    assert Enrollment.objects.filter(campaign=campaign).count() == PEOPLE
    assert set(SegmentMember.objects.values_list("outcome", flat=True)) == {"in"}
    assert progress(campaign).taken_in == PEOPLE
