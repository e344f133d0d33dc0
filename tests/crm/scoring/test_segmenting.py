"""People are put into segments by rules, balanced by shares, and where a person says so."""

import threading
from typing import Any

import pytest
from django.db import connection

from compliance.models import AuditEntry
from crm.erasure import erase_contact
from crm.errors import CrmError
from crm.models import Assignment, Contact, SegmentRules
from crm.scoring import segmenting, sweep
from crm.scoring.assign import assign, prepare_rules
from crm.scoring.definition import DefinitionError
from crm.scoring.segment_rules import parse_rules, rules_as_data, shipped_rules
from crm.shares import furthest_behind, normalise
from tests.crm.scoring.small import signal


def rules(**changes: Any) -> dict[str, Any]:
    """Two segments of equal shares that a “coach” suits alike."""
    segments = [
        {"name": name, "label": name.upper(), "share": 1, "signals": [
            signal(f"coach_{name}", 10, keywords=["coach"]),
            signal(f"only_{name}", 20, keywords=[name]),
        ]}
        for name in ("alpha", "beta")
    ]  # fmt: skip
    return {"segments": segments, **changes}


def put(role: str, counts: dict[str, int], now: str = "") -> str:
    return assign(
        {"contact.role": role}, prepare_rules(parse_rules(rules())), lambda: counts, now=now
    ).segment


def test_what_ships_survives_being_stored() -> None:
    assert parse_rules(rules_as_data(shipped_rules())) == shipped_rules()


def test_the_best_segment_wins_and_shares_part_the_equal() -> None:
    assert put("beta", {}) == "beta"
    assert put("coach", {}) == "alpha"
    assert put("coach", {"alpha": 1}) == "beta"
    assert put("coach", {"alpha": 9, "beta": 1}) == "beta"
    assert put("plumber", {}) == ""


def test_who_is_in_one_of_the_equal_stays() -> None:
    assert put("coach", {"alpha": 9}, now="alpha") == "alpha"
    assert put("beta", {}, now="alpha") == "beta"


def test_the_reason_is_told() -> None:
    ready = prepare_rules(parse_rules(rules()))
    found = assign({"contact.role": "Coach"}, ready, dict)
    assert found.why == "Suits ALPHA (10) and BETA (10) alike; ALPHA is furthest behind its share."
    assert found.reasons[0].words == "Coach"
    assert assign({}, ready, dict).why == "Nothing known of them says which."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (rules(segments=[]), "segments"),
        (rules(segments=[{**one, "share": 0} for one in rules()["segments"]]), "shares are zero"),
        (rules(segments=[rules()["segments"][0]] * 2), "“alpha” stands there twice"),
        (rules(tags=[{"kind": "k", "value": "v"}]), "copy_of"),
        (rules(tags=[{"kind": "k", "copy_of": ["lead.market"]}]), "not known of a person"),
        (rules(tags=[{"kind": "k", "copy_of": ["zebra"]}]), "there is no field “zebra”"),
    ],
)
def test_rules_that_cannot_work_are_refused(data: dict[str, Any], words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        parse_rules(data)


def test_furthest_behind_keeps_to_the_shares() -> None:
    parts = normalise(shipped_rules().shares)
    counts: dict[str, int] = {}
    for _ in range(105):
        name = furthest_behind(parts, counts, list(parts))
        counts[name] = counts.get(name, 0) + 1
    assert counts == {"referral_network": 50, "thought_leadership": 50, "stealth_founder": 5}


@pytest.mark.django_db
def test_new_rules_put_everybody_anew_and_changes_follow() -> None:
    coaches = [Contact.objects.create(name=f"C{n}", role="coach") for n in range(10)]
    segmenting.put_in_force(rules(), actor="sam", expected=1)
    sweep.tend()
    assert segmenting.distribution().counts == {"alpha": 5, "beta": 5}
    Contact.objects.create(name="B", role="beta")
    coaches[0].role = "plumber"
    coaches[0].save()
    sweep.tend()
    assert Assignment.objects.get(contact__name="B").segment == "beta"
    assert Assignment.objects.get(contact=coaches[0]).segment == ""


@pytest.mark.django_db
def test_a_person_s_word_stays_until_taken_back() -> None:
    who = Contact.objects.create(name="C", role="beta")
    segmenting.put_in_force(rules(), actor="sam", expected=1)
    segmenting.override(who, "alpha", actor="sam", because="knows them")
    sweep.tend()
    row = Assignment.objects.get(contact=who)
    assert (row.holds, row.segment, row.said_by) == ("alpha", "beta", "sam")
    assert segmenting.distribution().counts == {"alpha": 1}
    segmenting.override(who, "", actor="sam")
    assert Assignment.objects.get(contact=who).holds == "beta"
    with pytest.raises(CrmError, match="There are: alpha, beta"):
        segmenting.override(who, "gamma", actor="sam")


@pytest.mark.django_db
def test_an_erased_person_has_no_assignment_and_gets_none() -> None:
    who = Contact.objects.create(name="C", role="coach")
    sweep.tend()
    erase_contact(who.pk, actor="ada")
    sweep.tend()
    assert not Assignment.objects.filter(contact=who).exists()
    with pytest.raises(CrmError, match="erased"):
        segmenting.override(who, "referral_network", actor="sam")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False])
def test_of_people_who_say_otherwise_at_once_each_saw_what_the_one_before_said(
    known: bool,
) -> None:
    who = Contact.objects.create(name="C", role="beta")
    segmenting.put_in_force(rules(), actor="sam", expected=1)
    if known:
        sweep.tend()
    start = threading.Barrier(6)

    def say(number: int) -> None:
        start.wait()
        try:
            segmenting.override(who, ("alpha", "beta", "")[number % 3], actor=f"user{number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=say, args=[n]) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    acts = [one.data for one in AuditEntry.objects.filter(action="segment.said").order_by("id")]
    assert len(acts) == 6
    assert [one["before"] for one in acts] == ["", *(one["after"] for one in acts[:-1])]
    assert Assignment.objects.get(contact=who).said == acts[-1]["after"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_rules_in_force_at_once_one_is_told() -> None:
    refused, start = [], threading.Barrier(2)

    def write(alike: int) -> None:
        start.wait()
        try:
            segmenting.put_in_force(rules(alike=alike), actor="x", expected=1)
        except segmenting.RulesChangedError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[n]) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 1
    assert SegmentRules.objects.count() == 2
