"""What the record of a list tells of its addresses, and what each row would change."""

from datetime import timedelta
from pathlib import Path

import dns.resolver
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from compliance.choices import LineType
from crm import tasks
from crm.choices import Deliverability
from crm.deliverability.domains import state_of
from crm.deliverability.verify import find
from crm.imports import tally, uploads
from crm.imports.plan import read_plan
from crm.imports.rejects import report_lines
from crm.imports.run import import_list
from crm.intake import Address
from crm.models import Company, Contact, ContactPoint, ImportBatch, Lead, MailDomain, Property


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "queue", lambda batch: None)


def checked(text: str, kind: str = "contacts") -> ImportBatch:
    file = ContentFile(text.encode(), name="list.csv")
    batch = uploads.receive(file, kind, actor="una")
    uploads.choose(batch, read_plan(batch.plan), actor="una")
    assert not uploads.work_off(batch.pk)
    batch.refresh_from_db()
    return batch


def changes(batch: ImportBatch) -> list[list[str]]:
    (one,) = [one for one in batch.samples if one["outcome"] == "updated"]
    found: list[list[str]] = one["changes"]
    return found


@pytest.mark.parametrize(
    ("number", "region"),
    [
        ("+13055550123", "US"), ("+14165550123", "CA"), ("+17875550123", "PR"),
        ("+4915112345678", "DE"), ("+525512345678", "MX"), ("+79161234567", "RU"),
    ],
)  # fmt: skip
def test_a_number_is_of_a_country(number: str, region: str) -> None:
    assert tally.region_of(number) == region


def test_where_no_line_is_told_the_numbering_plan_tells_it() -> None:
    found: tally.Tally = {}
    told = LineType.LANDLINE
    tally.count(
        found,
        [Address("phone", "+13055550123", line_type=told), Address("phone", "+13055550124"),
         Address("phone", "+4915112345678"), Address("email", "a@sky.aero")],
    )  # fmt: skip
    assert found == {
        "lines": {"landline": 1, "unknown": 1, "mobile": 1},
        "regions": {"US": 2, "DE": 1},
        "domains": {"sky.aero": 1},
    }


def test_of_very_many_domains_some_are_kept_and_none_is_uncounted() -> None:
    first: tally.Tally = {"domains": {f"d{n}.aero": 1 for n in range(tally.MOST_DOMAINS)}}
    both = tally.together(first, {"domains": {"more.aero": 2, "d1.aero": 3}})["domains"]
    assert len(both) == tally.MOST_DOMAINS + 1
    assert (both["d1.aero"], both[tally.REST]) == (4, 2)


@pytest.mark.django_db
def test_a_check_counts_the_addresses_of_rows_that_would_be_in() -> None:
    batch = checked(
        "name,email,phone,line type\nPat,pat@sky.aero,3055550123,mobile\n"
        "Kim,kim@sky.aero,3055550124,\nLee,lee@,3055550125,mobile\n"
    )
    assert batch.tally == {
        "lines": {"mobile": 1, "unknown": 1}, "regions": {"US": 2}, "domains": {"sky.aero": 2},
    }  # fmt: skip


@pytest.mark.django_db
def test_a_list_checked_again_is_counted_anew() -> None:
    batch = checked("name,email\nPat,pat@sky.aero\n")
    uploads.choose(batch, read_plan(batch.plan), actor="una")
    uploads.work_off(batch.pk)
    batch.refresh_from_db()
    assert batch.tally["domains"] == {"sky.aero": 1}


@pytest.mark.django_db
def test_domains_are_told_by_what_is_known_of_them_now() -> None:
    now = timezone.now()
    for name, verdict, days in (("good.aero", "deliverable", 1), ("gone.aero", "undeliverable", 1),
                                ("old.aero", "deliverable", -1)):  # fmt: skip
        MailDomain.objects.create(
            domain=name, verdict=verdict, reason="Told so.", checked_at=now,
            expires_at=now + timedelta(days=days),
        )  # fmt: skip
    told = state_of({"good.aero": 5, "gone.aero": 2, "old.aero": 1, "new.aero": 1, "": 3})
    assert told.addresses == {"deliverable": 5, "undeliverable": 2, "not looked at yet": 5}
    assert told.dead == [("gone.aero", "Told so.", 2)]


@pytest.mark.django_db
def test_a_checked_list_has_its_domains_asked_for(
    monkeypatch: pytest.MonkeyPatch, queued: list[tuple[str, ...]]
) -> None:
    batch = checked("name,email\nPat,pat@good.aero\n")
    assert ("crm.tasks.look_at_domains", str(batch.pk)) in queued
    asked: list[list[str]] = []
    monkeypatch.setattr(tasks, "find", lambda domains, now: asked.append(domains))
    tasks.look_at_domains(str(batch.pk))
    assert asked == [["good.aero"]]
    tasks.look_at_domains("00000000-0000-4000-8000-000000000000")  # thrown away meanwhile


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What was given to the queue."""
    found: list[tuple[str, ...]] = []
    monkeypatch.setattr("compliance.waking.async_task", lambda *told: found.append(told))
    return found


@pytest.mark.django_db
def test_an_unproved_resolver_says_nothing_of_any_domain() -> None:
    servers = dns.resolver.Resolver(configure=False)
    assert find(["a.aero"], timezone.now(), resolver=servers, proof=lambda _servers: False) is None
    assert not MailDomain.objects.exists()


@pytest.mark.django_db
def test_the_report_tells_lines_countries_and_mail(tmp_path: Path) -> None:
    now = timezone.now()
    MailDomain.objects.create(
        domain="gone.aero", verdict=Deliverability.UNDELIVERABLE, reason="No such domain.",
        checked_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    file = tmp_path / "people.csv"
    file.write_text("name,email,phone\nPat,pat@gone.aero,3055550123\n")
    report = import_list(file, "contacts", actor="sam", dry_run=True)
    assert report.as_data()["numbers"] == {"lines": {"unknown": 1}, "regions": {"US": 1}}
    assert report.as_data()["mail"] == {"undeliverable": 1}
    assert "Countries of numbers: US 1." in report.as_lines(dry_run=True)
    import_list(file, "contacts", actor="sam")
    lines = "".join(report_lines(ImportBatch.objects.get()))
    assert "mail domain: undeliverable,1" in lines
    assert "takes no mail: gone.aero,1,No such domain." in lines


@pytest.mark.django_db
def test_a_check_shows_what_a_row_would_change_of_a_person() -> None:
    sky = Company.objects.create(name="Sky", domain="sky.aero")
    pat = Contact.objects.create(name="Pat", role="Sales", company=sky, tags=["east"])
    ContactPoint.objects.create(contact=pat, kind="email", value="pat@sky.aero")
    batch = checked("name,email,role,tags,phone\nPat,pat@sky.aero,CTO,hot,3055550123\n")
    assert changes(batch) == [
        ["role", "Sales", "CTO"], ["tags", "east", "east, hot"], ["phone", "", "+13055550123"],
    ]  # fmt: skip
    pat.refresh_from_db()
    assert pat.role == "Sales"


@pytest.mark.django_db
def test_a_check_shows_what_a_row_would_change_of_a_company() -> None:
    Company.objects.create(name="Sky", domain="sky.aero", kind="prospect", city="Rome")
    checked_list = checked(
        "name,website,address,city,email\nSky,sky.aero,1 Sky Way,Milan,a@sky.aero\n", "companies"
    )
    assert changes(checked_list) == [
        ["city", "Rome", "Milan"], ["street", "", "1 Sky Way"], ["email", "", "a@sky.aero"],
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_check_shows_what_a_row_would_change_of_a_lead() -> None:
    pat = Contact.objects.create(name="Pat")
    ContactPoint.objects.create(contact=pat, kind="email", value="pat@home.aero")
    home = Property.objects.create(parcel_id="1", county="Orange", state="FL", city="Ocoee")
    Lead.objects.create(contact=pat, property=home, score=10)
    batch = checked(
        "parcel_id,county,state,city,score,owner name,email\n"
        "1,Orange,FL,Apopka,40,Pat,pat@home.aero\n", "leads",
    )  # fmt: skip
    assert changes(batch) == [["city", "Ocoee", "Apopka"], ["score", "10.0", "40.0"]]
