"""Leads are made, moved, given and valued by people, each with its line in the ledger."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.consent import Given, record
from compliance.erasure import erase_addresses
from compliance.lifting import lift
from compliance.models import AuditEntry, Consent, Suppression
from compliance.opt_outs import opt_out
from compliance.suppression import suppress
from crm import leads
from crm.choices import LeadStatus
from crm.errors import CrmError
from crm.models import Company, Contact, ContactPoint, Lead, Property

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.fixture
def house() -> Property:
    return Property.objects.create(
        parcel_id="29-22-28-8850-02-050", county="Orange", state="FL",
        situs_address="12 Palm Court, Orlando", distress_reason="tax delinquency",
    )  # fmt: skip


@pytest.fixture
def rosa() -> Contact:
    rosa = Contact.objects.create(name="Rosa Delgado", state="FL")
    ContactPoint.objects.create(contact=rosa, kind="email", value="rosa@home.example")
    return rosa


def lead_of(contact: Contact, **facts: Any) -> Lead:
    return leads.create(actor="ella", contact=contact, **facts)


def told(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action).order_by("id"))


def test_a_lead_is_of_somebody_or_something() -> None:
    with pytest.raises(CrmError, match="Name a contact"):
        leads.create(actor="ella")
    assert not Lead.objects.exists()


def test_the_contacts_company_comes_with_the_lead() -> None:
    company = Company.objects.create(name="Sun Homes")
    lead = lead_of(Contact.objects.create(name="Pat", company=company))
    assert lead.company == company
    assert [entry.actor for entry in told("lead.created")] == ["ella"]


def test_the_same_lead_twice_is_named(rosa: Contact, house: Property) -> None:
    first = lead_of(rosa, about=house)
    with pytest.raises(leads.LeadExistsError) as refused:
        lead_of(rosa, about=house)
    assert refused.value.lead == first
    assert lead_of(rosa).property is None  # another one, about no house in particular
    with pytest.raises(leads.LeadExistsError):
        lead_of(rosa)


def test_nobody_makes_a_lead_of_who_was_erased(rosa: Contact) -> None:
    rosa.erased_at = timezone.now()
    with pytest.raises(CrmError, match="erased"):
        lead_of(rosa)


def test_a_move_says_from_where_by_whom_and_when(rosa: Contact) -> None:
    lead = lead_of(rosa)
    before = lead.status_changed_at
    leads.move(lead, "interested", actor="ella", reason="They rang.")
    lead.refresh_from_db()
    assert lead.status == LeadStatus.INTERESTED
    assert lead.status_changed_at > before  # type: ignore[operator]
    (entry,) = told("lead.moved")
    assert (entry.actor, entry.reason) == ("ella", "They rang.")
    assert entry.data == {"from": "new", "to": "interested"}


def test_who_was_slower_hears_of_it_and_changes_nothing(rosa: Contact) -> None:
    lead = lead_of(rosa)
    seen_by_sam = Lead.objects.get(pk=lead.pk)
    leads.move(lead, "interested", actor="ella")
    with pytest.raises(leads.LeadConflict, match="Interested"):
        leads.move(seen_by_sam, "contacted", actor="sam")
    with pytest.raises(leads.LeadConflict):
        leads.move(Lead.objects.get(pk=lead.pk), "contacted", actor="sam", seen="new")
    assert Lead.objects.get(pk=lead.pk).status == "interested"
    assert len(told("lead.moved")) == 1


def test_moving_it_where_it_stands_is_no_move(rosa: Contact) -> None:
    lead = lead_of(rosa)
    leads.move(lead, "contacted", actor="ella")
    leads.move(Lead.objects.get(pk=lead.pk), "contacted", actor="sam", seen="new")
    assert len(told("lead.moved")) == 1


def test_a_lost_lead_needs_a_reason_and_a_won_one_takes_its_value(rosa: Contact) -> None:
    lead = lead_of(rosa)
    with pytest.raises(leads.MoveNotAllowed, match="why"):
        leads.move(lead, "lost", actor="ella", reason="  ")
    leads.move(lead, "won", actor="ella", deal_value=Decimal("350000"))
    assert Lead.objects.get(pk=lead.pk).deal_value == Decimal("350000")


@pytest.mark.parametrize("to", ["opted_out", "sold", "", "new\x00"])
def test_it_goes_nowhere_else(rosa: Contact, to: str) -> None:
    with pytest.raises(leads.MoveNotAllowed):
        leads.move(lead_of(rosa), to, actor="ella")


@pytest.mark.parametrize("value", ["-1", "1e12", "NaN", "Infinity"])
def test_a_value_that_cannot_be_one_is_refused(rosa: Contact, value: str) -> None:
    lead = lead_of(rosa)
    for act in (
        lambda: leads.move(lead, "won", actor="ella", deal_value=Decimal(value)),
        lambda: leads.change(lead, {"deal_value": Decimal(value)}, actor="ella"),
    ):
        with pytest.raises(CrmError, match="value"):
            act()
    assert Lead.objects.get(pk=lead.pk).status == "new"


def test_who_asked_us_to_stop_is_no_lead_again_while_that_stands(rosa: Contact) -> None:
    lead = lead_of(rosa)
    opt_out(
        [("email", "rosa@home.example")], words="stop", source="mail",
        received_at=timezone.now(), actor="inbound",
    )  # fmt: skip
    lead.refresh_from_db()
    assert lead.status == LeadStatus.OPTED_OUT
    with pytest.raises(leads.MoveNotAllowed, match="asked us to stop"):
        leads.move(lead, "interested", actor="ella")


def stop(address: str = "rosa@home.example", **changes: Any) -> Suppression:
    said = {"reason": "opt_out", "source": "mail", "received_at": NOON, **changes}
    return suppress("email" if "@" in address else "domain", address, **said)


def consent_again(address: str = "rosa@home.example") -> Consent:
    given = Given(
        address_kind="email", address=address, kind="written", source="web form",
        given_at=NOON + timedelta(days=1), channels=("email",), seller="Harbor Homes LLC",
        text="Write to me again.", affirmative_act="checkbox",
    )  # fmt: skip
    return record(given, actor="ella")


def test_only_a_wish_that_was_lifted_opens_the_lead_again(rosa: Contact) -> None:
    lead = lead_of(rosa)
    ContactPoint.objects.create(contact=rosa, kind="phone", value="+13055550111")
    stop()
    suppress("phone", "+13055550111", reason="opt_out", source="mail", received_at=NOON)
    Lead.objects.update(status="opted_out")
    lead.refresh_from_db()
    for to in ("new", "negotiating", "won", "lost"):
        with pytest.raises(leads.AskedToStop, match="new consent under Compliance"):
            leads.move(lead, to, actor="ella", reason="They rang.")
    lift("email", "rosa@home.example", consent=consent_again(), actor="ella")
    assert leads.move(lead, "interested", actor="ella").status == "interested"
    suppress("phone", "+13055550111", reason="opt_out", source="call", received_at=timezone.now())
    with pytest.raises(leads.AskedToStop):
        leads.move(lead, "negotiating", actor="ella")


def test_an_erased_address_that_comes_again_is_no_lead(rosa: Contact) -> None:
    for _ in range(2):  # the second time one row ends because the other stands for both
        stop()
        erase_addresses([("email", "rosa@home.example")], actor="ella")
    with pytest.raises(leads.AskedToStop):
        lead_of(rosa)


def test_a_wish_is_not_forgotten_because_the_address_is_gone(rosa: Contact) -> None:
    lead = lead_of(rosa)
    stop()
    Lead.objects.update(status="opted_out")
    lead.refresh_from_db()
    rosa.points.all().delete()
    with pytest.raises(leads.AskedToStop):
        leads.move(lead, "new", actor="ella")
    ContactPoint.objects.create(contact=rosa, kind="email", value="other@home.example")
    with pytest.raises(leads.AskedToStop):
        leads.move(lead, "new", actor="ella")


@pytest.mark.parametrize("address", ["rosa@home.example", "home.example"])
def test_who_asked_us_to_stop_is_made_no_lead(rosa: Contact, address: str) -> None:
    stop(address)
    with pytest.raises(leads.AskedToStop):
        lead_of(rosa)
    assert not Lead.objects.exists()


@pytest.mark.parametrize("reason", ["opt_out", "complaint", "manual"])
def test_a_lost_lead_is_not_won_back_against_a_wish(rosa: Contact, reason: str) -> None:
    lost = leads.move(lead_of(rosa), "lost", actor="ella", reason="Too dear.")
    stop(reason=reason)
    with pytest.raises(leads.AskedToStop):
        leads.move(lost, "contacted", actor="ella")
    assert Lead.objects.get(pk=lost.pk).status == "lost"


@pytest.mark.parametrize(
    "what", [{"reason": "hard_bounce"}, {"reason": "ambiguous"}, {"scope": "sms"}]
)
def test_a_dead_mailbox_a_doubt_and_a_wish_about_texts_end_no_lead(
    rosa: Contact, what: dict[str, str]
) -> None:
    stop(**what)
    assert leads.move(lead_of(rosa), "contacted", actor="ella").status == "contacted"


def test_a_closed_lead_is_not_opened_beside_another_open_one(rosa: Contact) -> None:
    old = leads.move(lead_of(rosa), "lost", actor="ella", reason="Too dear.")
    lead_of(rosa)
    with pytest.raises(leads.MoveNotAllowed, match="another open lead"):
        leads.move(old, "interested", actor="ella")


def test_a_lead_is_given_to_who_can_see_it(rosa: Contact, ella: User) -> None:
    lead = lead_of(rosa)
    leads.assign(lead, to=ella, actor="sam")
    leads.assign(lead, to=ella, actor="sam")
    assert Lead.objects.get(pk=lead.pk).owner == ella
    assert len(told("lead.assigned")) == 1
    with pytest.raises(CrmError, match="cannot open"):
        leads.assign(lead, to=User.objects.create_user("nobody"), actor="sam")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("350,000.00", "350000"), ("350 000", "350000"), ("1200", "1200"), ("1,234.5", "1234.5")],
)
def test_an_amount_is_read_as_it_is_written_here(typed: str, meant: str) -> None:
    assert leads.amount(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["350,00", "350.000,00", "1,2345", "1.234", "-5", "-1e50", "1e5", "9" * 60, "²", "NaN"]
)
def test_what_may_be_another_amount_is_asked_for_again(typed: str) -> None:
    with pytest.raises(CrmError, match=r"like 350,000\.00"):
        leads.amount(typed)


def test_nothing_typed_is_no_amount() -> None:
    assert leads.amount(" ") is None


def test_a_stage_nobody_could_have_seen_moves_nothing(rosa: Contact) -> None:
    lead = leads.create(actor="ella", contact=rosa)
    with pytest.raises(CrmError, match="no stage"):
        leads.move(lead, "contacted", actor="ella", seen="²")
    assert Lead.objects.get(pk=lead.pk).status == "new"
