"""Lists of leads: properties, people and what is said of both; the same list again is no news."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from compliance.models import AuditEntry
from crm.imports.batches import CannotUndoError, undo
from crm.imports.kinds import KINDS
from crm.imports.plan import Plan
from crm.imports.problems import BadFileError
from crm.imports.report import Report
from crm.imports.run import import_list
from crm.models import Contact, ContactPoint, ImportBatch, Lead, LeadScore, Property
from crm.scoring import sweep
from tests.crm.imports.lead_lists import HEAD, KIM, PAT, Take, outcome

pytestmark = pytest.mark.django_db
ORANGE = Plan(defaults={"county": "Orange", "state": "FL"})


def standing() -> tuple[int, ...]:
    acts = AuditEntry.objects.exclude(action="import.done").count()
    models = (Property, Lead, Contact, ContactPoint)
    return (*(model.objects.count() for model in models), acts)


def test_a_row_becomes_a_person_a_property_and_a_lead(take: Take) -> None:
    report = take(PAT)
    assert outcome(report) == (1, 0, 0, 0)
    assert (report.contacts_created, report.properties_created) == (1, 1)
    lead = Lead.objects.select_related("contact", "property").get()
    place, person = lead.property, lead.contact
    assert place is not None
    assert person is not None
    assert (place.state, place.county, place.parcel_id) == ("FL", "Orange", "01-22-33")
    assert (place.situs_address, place.distress_reason) == ("12 Oak St", "tax lien")
    assert (lead.score, lead.tier, lead.market) == (87.0, "A", "Orlando")
    assert (lead.deal_value, lead.currency) == (Decimal("250000.00"), "USD")
    assert (lead.source, person.source, person.name) == ("skip trace", "skip trace", "Pat Doe")
    assert set(person.points.values_list("value", "source")) == {
        ("+14075551234", "skip trace"), ("pat@x.example", "skip trace"),
    }  # fmt: skip
    # Where the house stands is not where its owner lives.
    assert (person.state, person.county) == ("", "")
    assert [row.history.count() for row in (lead, place, person)] == [1, 1, 1]
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"contact.created", "property.created", "lead.created", "import.done"} <= acts


def test_the_same_list_twice_writes_nothing_the_second_time(take: Take) -> None:
    take(PAT + KIM)
    before = standing()
    assert outcome(take(PAT + KIM)) == (0, 0, 2, 0)
    assert standing() == before
    assert Lead.history.count() == 2


def test_a_corrected_list_changes_only_what_differs(take: Take) -> None:
    take(PAT + KIM)
    assert outcome(take(PAT.replace("tax lien", "probate").replace("87", "91") + KIM)) == (
        0,
        1,
        1,
        0,
    )
    lead = Lead.objects.select_related("property").get(contact__name="Pat Doe")
    assert lead.property is not None
    assert (lead.score, lead.property.distress_reason) == (91.0, "probate")
    assert lead.history.count() == lead.property.history.count() == 2
    assert AuditEntry.objects.get(action="lead.changed").data["fields"] == ["score"]
    untouched = Lead.objects.get(contact__name="Kim Roe")
    assert untouched.history.count() == 1


def test_the_four_columns_of_a_skip_trace_need_a_place(take: Take) -> None:
    rows, head = "01-22,407 555 1234,pat@x.example,tracer\n", "parcel_id,phone,email,source\n"
    with pytest.raises(BadFileError, match="county and state are not told"):
        take(rows, head)
    assert not ImportBatch.objects.exists()
    assert outcome(take(rows, head, plan=ORANGE)) == (1, 0, 0, 0)
    lead = Lead.objects.select_related("property", "contact").get()
    assert (str(lead.property), lead.source) == ("01-22, Orange, FL", "tracer")
    assert lead.market == "Orange County, FL"
    assert outcome(take(rows, head, plan=ORANGE)) == (0, 0, 1, 0)


def test_a_skip_trace_finds_the_property_that_is_known(take: Take) -> None:
    take("01-22-33,,Orange,FL,tax lien,,,,,,,,\n")
    waiting = Lead.objects.get()
    assert waiting.contact is None
    row, head = "01-22-33,407 555 1234,pat@x.example,tracer\n", "parcel_id,phone,email,source\n"
    assert outcome(take(row, head, plan=ORANGE)) == (0, 1, 0, 0)
    lead = Lead.objects.select_related("contact").get()
    assert lead.pk == waiting.pk
    assert lead.contact is not None
    assert lead.contact.points.count() == 2


def test_several_people_at_one_property_are_several_leads(take: Take) -> None:
    rows = PAT + PAT.replace("Pat Doe", "Ann Doe").replace("pat@", "ann@")
    assert outcome(take(rows)) == (2, 0, 0, 0)
    assert (Property.objects.count(), Contact.objects.count()) == (1, 2)
    # They share a number, and each has it.
    assert ContactPoint.objects.filter(value="+14075551234").count() == 2
    assert outcome(take(rows)) == (0, 0, 2, 0)


def test_one_owner_of_several_properties_is_one_person(take: Take) -> None:
    rows = PAT + PAT.replace("01-22-33", "09-99").replace("12 Oak", "9 Elm")
    assert outcome(take(rows)) == (2, 0, 0, 0)
    assert (Property.objects.count(), Contact.objects.count(), Lead.objects.count()) == (2, 1, 2)
    assert ContactPoint.objects.count() == 2
    assert outcome(take(rows)) == (0, 0, 2, 0)


@pytest.mark.parametrize("portion", [1, 2, 1000])
def test_numbers_of_one_owner_on_rows_of_their_own_add_up(
    take: Take, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setitem(KINDS, "leads", replace(KINDS["leads"], portion=portion))
    second = "01-22-33,,Orange,FL,,,,,Pat Doe,407 555 9999,,,\n"
    assert outcome(take(PAT + second + second)) == (1, 1, 0, 1)
    assert Contact.objects.count() == 1
    preferred = ContactPoint.objects.filter(kind="phone", preferred=True)
    assert [point.value for point in preferred] == ["+14075551234"]
    assert outcome(take(PAT + second + second)) == (0, 0, 2, 1)


@pytest.mark.parametrize("portion", [1, 1000])
def test_what_an_earlier_row_says_otherwise_stands_and_is_flagged(
    take: Take, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setitem(KINDS, "leads", replace(KINDS["leads"], portion=portion))
    rows = PAT + PAT.replace("Pat Doe", "Ann").replace("pat@", "ann@").replace("tax lien", "fire")
    report = take(rows)
    assert [(one.code, one.column) for one in report.flagged] == [
        ("differs_in_file", "distress_reason")
    ]
    assert Property.objects.get().distress_reason == "tax lien"
    assert outcome(take(rows)) == (0, 0, 2, 0)


@pytest.mark.parametrize("portion", [1, 1000])
def test_one_mailbox_for_two_names_is_given_to_neither_twice(
    take: Take, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setitem(KINDS, "leads", replace(KINDS["leads"], portion=portion))
    report = take(PAT + KIM.replace(",407 555 1235,,", ",407 555 1235,pat@x.example,"))
    assert outcome(report) == (1, 0, 0, 1)
    assert (report.rejected[0].code, report.rejected[0].row) == ("shared_address", 3)
    assert Contact.objects.get().name == "Pat Doe"


@pytest.mark.parametrize(
    ("old", "new", "column", "code"),
    [
        ("01-22-33", "1.23E+14", "parcel_id", "bad_parcel"),
        ("01-22-33", "--", "parcel_id", "no_place"),
        ("Florida", "Bavaria", "state", "bad_state"),
        ("Florida", "", "state", "no_place"),
        ("87", "high", "score", "bad_number"),
        ('"$250,000"', "a lot", "deal_value", "bad_amount"),
        ("407 555 1234", "407", "phone", "bad_phone"),
        ("pat@x.example", "pat@", "email", "bad_email"),
    ],
)
def test_a_cell_that_cannot_be_read_keeps_the_row_out(
    take: Take, old: str, new: str, column: str, code: str
) -> None:
    report = take(PAT.replace(old, new))
    assert [(one.column, one.code) for one in report.rejected] == [(column, code)]
    assert not Property.objects.exists()
    assert not Contact.objects.exists()


def test_a_mailbox_known_as_somebody_elses_is_left_to_a_person(take: Take) -> None:
    pat = take(PAT) and Contact.objects.get()
    before = standing()
    other = PAT.replace("01-22-33", "01-22-99").replace("Pat Doe", "Ivy Stone")

    report = take(other)

    assert outcome(report) == (0, 0, 0, 1)
    assert standing() == before
    [out] = report.rejected
    assert (out.code, out.column, out.value) == ("shared_address", "email", "pat@x.example")
    assert "is the address of Pat Doe already" in out.reason
    # Whoever changed part of their name is the same person, and the row says so.
    report = take(PAT.replace("01-22-33", "01-22-99").replace("Pat Doe", "Pat Stone"))
    assert outcome(report)[0] == 1
    assert [(flag.row, flag.value) for flag in report.flagged] == [(2, "pat@x.example")]
    assert Lead.objects.filter(contact=pat).count() == 2


def test_a_list_of_people_without_parcels_makes_leads_of_people(take: Take) -> None:
    head = "name,email,score,source\n"
    assert outcome(take("Pat,pat@x.example,12,fair\n", head)) == (1, 0, 0, 0)
    assert outcome(take("Pat,pat@x.example,15,fair\nKim,,1,\n", head)) == (0, 1, 0, 1)
    lead = Lead.objects.get()
    assert (lead.score, lead.property) == (15.0, None)


def test_a_lead_that_was_lost_is_not_opened_again(take: Take) -> None:
    take(PAT)
    Lead.objects.update(status="lost")
    take(PAT.replace("87", "91"))
    assert (Lead.objects.get().status, Lead.objects.get().score) == ("lost", 91.0)
    head = "name,email\n"
    take("Lee,lee@x.example\n", head)
    Lead.objects.filter(property=None).update(status="won")
    assert outcome(take("Lee,lee@x.example\n", head)) == (0, 0, 1, 0)


def test_other_columns_are_kept_as_research_if_that_is_chosen(take: Take) -> None:
    head, rows = "parcel,county,state,owner,phone,Pool,Roof\n", "1,Lee,FL,Pat,407 555 1234,yes,\n"
    report = take(rows, head)
    assert "Columns not known and ignored: Pool, Roof." in report.notes
    assert Contact.objects.get().ai_research_data == {}
    assert outcome(take(rows, head, plan=Plan(keep_unknown=True))) == (0, 1, 0, 0)
    assert Contact.objects.get().ai_research_data == {"imported": {"Pool": "yes"}}
    assert outcome(take(rows, head, plan=Plan(keep_unknown=True))) == (0, 0, 1, 0)


def test_a_dry_run_tells_the_same_and_keeps_nothing(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "leads", replace(KINDS["leads"], portion=1))
    rows = PAT + PAT.replace("Pat Doe", "Ann").replace("pat@", "ann@") + KIM
    dry = take(rows, dry_run=True)
    assert not Lead.objects.exists()
    real = take(rows)
    counted = ("created", "contacts_created", "properties_created")
    assert [getattr(dry, name) for name in counted] == [getattr(real, name) for name in counted]


def test_leads_are_undone_with_their_people_and_properties(take: Take) -> None:
    take(PAT + KIM)
    sweep.tend()  # as it does within a minute
    assert LeadScore.objects.count() == 2
    batch = ImportBatch.objects.get()
    gone = {"leads": 2, "properties": 2, "contacts": 2, "companies": 0}
    assert undo(batch.pk, actor="sam") == gone
    assert standing()[:4] == (0, 0, 0, 0)


def test_a_lead_that_moved_on_keeps_the_import(take: Take) -> None:
    take(PAT)
    lead = Lead.objects.get()
    lead.status = "contacted"
    lead.save()
    with pytest.raises(CannotUndoError, match="was changed since"):
        undo(ImportBatch.objects.get().pk, actor="sam")
    assert standing()[:4] == (1, 1, 1, 2)


def test_the_questions_asked_do_not_grow_with_the_rows(
    take: Take, django_assert_max_num_queries: object
) -> None:
    rows = "".join(
        f"P-{n},{n} Oak St,Orange,FL,,1,A,,P {n},+1407555{n:04},p{n}@x.example,,\n"
        for n in range(300)
    )
    with django_assert_max_num_queries(60):  # type: ignore[operator]  SQLite takes 999 values
        assert take(rows).created == 300


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_two_imports_of_one_list_at_once_make_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "leads", replace(KINDS["leads"], portion=7))
    file = tmp_path / "leads.csv"
    file.write_text(
        HEAD
        + "".join(
            f"P-{n % 40},,Orange,FL,,1,A,,P {n},+1407555{n:04},p{n}@x.example,,\n"
            for n in range(100)
        )
    )
    start = Barrier(3)

    def one(_number: int) -> Report:
        start.wait()
        try:
            return import_list(file, "leads", actor="sam")
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(one, range(3)))
    assert sum(report.created for report in reports) == 100
    assert all(not report.rejected for report in reports)
    assert standing()[:4] == (40, 100, 100, 200)
