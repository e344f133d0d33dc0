"""Domains are asked once, addresses marked; a resolver that cannot be trusted harms nobody."""

from datetime import timedelta
from typing import Any

import dns.resolver
import pytest
from django.utils import timezone

from compliance.models import AuditEntry
from crm import tasks
from crm.deliverability.dns import ask, is_proved
from crm.deliverability.verify import verify_batch
from crm.models import Contact, ContactPoint, MailDomain
from outreach.sequences.people import load_people

Resolver = dns.resolver.Resolver


@pytest.mark.parametrize(
    ("domain", "verdict", "says"),
    [
        ("good.aero", "deliverable", "takes mail"),
        ("null.aero", "undeliverable", "says that it takes no mail"),
        ("gone.aero", "undeliverable", "no such domain"),
        ("host.aero", "deliverable", "its own host"),
        ("six.aero", "deliverable", "its own host"),
        ("bare.aero", "undeliverable", "neither mail server nor address"),
        ("slow.aero", "unknown", "did not answer in time"),
        ("failing.aero", "unknown", "fail"),
        (f"{'a' * 70}.aero", "undeliverable", "cannot be the name"),
        ("jets.example", "unknown", "kept for examples"),
        ("mail.example.com", "unknown", "kept for examples"),
    ],
)
def test_what_the_name_system_says(
    domain: str, verdict: str, says: str, resolver: Resolver
) -> None:
    found = ask(domain, resolver)
    assert found.verdict == verdict
    assert says in found.reason


def test_a_resolver_that_knows_good_and_bad_is_proved(resolver: Resolver) -> None:
    assert is_proved(resolver)


def test_one_that_finds_everything_is_not(resolver: Resolver, names: Any) -> None:
    names.lies = True
    assert not is_proved(resolver)


def test_one_that_finds_nothing_is_not(resolver: Resolver, names: Any) -> None:
    names.zone = {}
    assert not is_proved(resolver)


def test_one_that_is_not_there_is_not(resolver: Resolver) -> None:
    resolver.port = 1
    assert not is_proved(resolver)


def address(value: str, **values: Any) -> ContactPoint:
    contact = Contact.objects.create(name=value.partition("@")[0])
    return ContactPoint.objects.create(contact=contact, kind="email", value=value, **values)


@pytest.mark.django_db
def test_addresses_are_marked_with_the_reason_and_the_ledger_knows(resolver: Resolver) -> None:
    good, dead = address("a@good.aero"), address("b@gone.aero")
    done = verify_batch(resolver=resolver)
    assert done.addresses == {"deliverable": 1, "undeliverable": 1}
    for point in (good, dead):
        point.refresh_from_db()
    assert (good.state, good.deliverability) == ("unverified", "deliverable")
    assert (dead.state, dead.confidence, dead.deliverability_reason) == (
        "undeliverable", 0.1, "There is no such domain.",
    )  # fmt: skip
    assert AuditEntry.objects.filter(action="address.undeliverable").count() == 1


@pytest.mark.django_db
def test_nobody_is_written_to_at_a_dead_domain(resolver: Resolver) -> None:
    point = address("b@gone.aero")
    verify_batch(resolver=resolver)
    (person,) = load_people([point.contact_id], frozenset({"email"}), now=timezone.now()).values()
    assert "email" not in person.points


@pytest.mark.django_db
def test_a_resolver_that_cannot_be_trusted_changes_nothing(resolver: Resolver, names: Any) -> None:
    point = address("b@good.aero")
    names.zone = {}
    assert verify_batch(resolver=resolver).proved is False
    point.refresh_from_db()
    assert (point.state, point.looked_at) == ("unverified", None)
    assert not MailDomain.objects.exists()


@pytest.mark.django_db
def test_a_connection_that_dies_on_the_way_kills_no_domain(resolver: Resolver) -> None:
    address("b@good.aero")
    answers = iter([True, False])
    done = verify_batch(resolver=resolver, proof=lambda _resolver: next(answers))
    assert done.proved is False
    assert not MailDomain.objects.exists()


@pytest.mark.django_db
def test_a_domain_is_asked_once_for_all_its_addresses(resolver: Resolver, names: Any) -> None:
    for n in range(5):
        address(f"p{n}@good.aero")
    verify_batch(resolver=resolver)
    address("late@good.aero")
    verify_batch(resolver=resolver)
    assert names.asked.count("good.aero") == 1


@pytest.mark.django_db
def test_findings_are_asked_again_when_they_hold_no_more(resolver: Resolver, names: Any) -> None:
    point = address("p@gone.aero")
    now = timezone.now()
    verify_batch(resolver=resolver, now=now)
    assert verify_batch(resolver=resolver, now=now + timedelta(days=1)).domains == 0
    names.zone["gone.aero"] = "gone.aero. 60 IN MX 10 mx.gone.aero."
    verify_batch(resolver=resolver, now=now + timedelta(days=8))
    point.refresh_from_db()
    assert (point.state, point.deliverability) == ("unverified", "deliverable")


@pytest.mark.django_db
def test_what_a_bounce_said_a_living_domain_does_not_take_back(resolver: Resolver) -> None:
    point = address("p@good.aero", state="undeliverable")
    verify_batch(resolver=resolver)
    point.refresh_from_db()
    assert point.state == "undeliverable"


@pytest.mark.django_db
def test_more_than_a_batch_comes_at_the_next_turn(resolver: Resolver) -> None:
    for n in range(3):
        address(f"p{n}@good.aero")
    assert verify_batch(resolver=resolver, limit=2).more
    assert not verify_batch(resolver=resolver, limit=2).more
    assert not ContactPoint.objects.filter(looked_at=None).exists()


@pytest.mark.django_db
def test_the_task_and_the_settings_reach_the_named_servers(settings: Any) -> None:
    settings.DNS_NAMESERVERS, settings.DNS_SECONDS = ["127.0.0.255"], 0.2
    point = address("p@good.aero")
    tasks.verify_addresses()
    point.refresh_from_db()
    assert (point.state, point.deliverability) == ("unverified", "")
