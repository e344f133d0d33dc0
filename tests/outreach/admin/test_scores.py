"""The pages of scores: a row's reasons, versions compared and switched on, whom first, segments."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from compliance.models import AuditEntry, Suppression
from compliance.suppression import suppress
from crm.models import (
    Assignment,
    Company,
    Contact,
    ContactPoint,
    Lead,
    ScoringModel,
    ScoringVersion,
)
from crm.scoring import segmenting, sweep
from outreach.models import Enrollment, Sequence
from outreach.sequences.campaigns import Terms, create_drip
from outreach.sequences.versions import newest
from tests.crm.scoring.small import group, make_leads, model, signal
from tests.desk import add_mailbox

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def staff(sam: User, client_of: ClientOf) -> Client:
    return client_of(sam)


def at(name: str, *args: object, **values: object) -> str:
    return reverse(f"admin:outreach_{name}", args=args or None, kwargs=values or None)


def strict() -> str:
    return json.dumps(model(group("role", "fit", 100, signal("owner", 40))))


def test_a_lead_s_page_shows_bar_lines_and_the_way_up(staff: Client) -> None:
    (lead,) = make_leads(1, reason="vacant")
    sweep.tend()
    Lead.objects.filter(pk=lead.pk).update(notes="")
    page = staff.get(at("score", "lead", lead.pk)).content.decode()
    assert "Vacant, or the owner lives elsewhere" in page
    assert "“vacant”" in page
    assert 'class="is-signal_strength"' in page
    piece = staff.get(at("score", "lead", lead.pk), headers={"HX-Request": "true"})
    assert b"<html" not in piece.content
    admin = staff.get(reverse("admin:crm_lead_change", args=[lead.pk])).content.decode()
    assert at("score", "lead", lead.pk) in admin
    assert staff.get(at("score", "zebra", lead.pk)).status_code == 404


def test_a_version_is_written_compared_and_switched_on(staff: Client) -> None:
    make_leads(3)
    sweep.tend()
    tried = staff.post(at("scoring_try", "leads"), {"definition": strict(), "rows": "100"})
    assert b"3 of 3 would be in another tier" in tried.content
    assert ScoringVersion.objects.filter(model__slug="leads").count() == 1
    fields = {"definition": strict(), "based_on": "1", "note": "stricter"}
    saved = staff.post(at("scoring_save", "leads"), fields, follow=True)
    assert "Switch on version 2" in saved.content.decode()
    where = at("scoring_switch", slug="leads", number=2)
    late = staff.post(where, {"expected": "7"}, follow=True)
    assert "somebody switched meanwhile" in late.content.decode()
    staff.post(where, {"expected": "1"}, follow=True)
    assert ScoringModel.objects.get(slug="leads").current == ScoringVersion.objects.get(
        note="stricter"
    )
    assert b"is scoring: 0 of 3" in staff.get(at("scoring_run", "leads")).content
    sweep.tend()
    assert b"scored 3, 3 are in another tier" in staff.get(at("scoring_run", "leads")).content


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "This is no JSON at line 1"), ("[]", "Write one JSON object"),
        ("[" * 100_000, "no JSON"), ('{"below": "\\u0000"}', "NUL"),
        ('{"below": "\\ud800"}', "not valid Unicode"), ("{}", "parts: it is missing; fill it in"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_kept_in_the_editor(staff: Client, text: str, words: str) -> None:
    page = staff.post(at("scoring_save", "leads"), {"definition": text, "based_on": "1"})
    assert page.status_code == 200
    assert words in page.content.decode()
    assert words in staff.post(at("scoring_try", "leads"), {"definition": text}).content.decode()


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser would post of the editor in this page."""
    editor = LexborHTMLParser(page).css_first("#editor")
    assert editor is not None
    found: dict[str, list[str]] = {}
    for node in editor.css("input, textarea, select"):
        at = node.attributes
        if at.get("type") == "checkbox" and "checked" not in at:
            continue
        chosen = node.css_first("option[selected]") or node.css_first("option")
        value = chosen.attributes.get("value") if node.tag == "select" and chosen else (
            node.text() if node.tag == "textarea" else at.get("value"))  # fmt: skip
        found.setdefault(at["name"] or "", []).append(value or "")
    return found


def test_the_form_is_filled_in_tried_and_saved(staff: Client) -> None:
    make_leads(3)
    sweep.tend()
    form = fields_of(staff.get(at("scoring_model", "leads")).content.decode())
    assert staff.post(at("scoring_save", "leads"), form).status_code == 302
    assert ScoringVersion.objects.filter(model__slug="leads").count() == 1  # nothing was changed
    added = {**form, "op": ["add-signal:0"]}
    form = fields_of(staff.post(at("scoring_fields", "leads"), added).content.decode())
    (new,) = [name[:-4] for name, value in form.items() if name.endswith("name") and value == [""]]
    form |= {f"{new}label": ["By the lake"], f"{new}fields": ["lead.notes"],
             f"{new}words": ["lake\nshore*"]}  # fmt: skip
    assert b"would be in another tier" in staff.post(at("scoring_try", "leads"), form).content
    staff.post(at("scoring_save", "leads"), form)
    kept = ScoringVersion.objects.get(model__slug="leads", number=2).definition
    (sign,) = [one for group in kept["groups"] for one in group["signals"]
               if one["label"] == "By the lake"]  # fmt: skip
    assert (sign["name"], sign["keywords"]) == ("by_the_lake", ["lake", "shore*"])


def test_a_fault_in_the_form_stands_beside_its_field_and_nothing_is_lost(staff: Client) -> None:
    form = fields_of(staff.get(at("scoring_model", "leads")).content.decode())
    form |= {"g0-s0-points": ["plenty"], "note": ["a <b> note"]}
    page = staff.post(at("scoring_save", "leads"), form).content.decode()
    field = LexborHTMLParser(page).css_first("input[name=g0-s0-points]")
    assert field is not None
    assert field.attributes["value"] == "plenty"
    row = field.parent and field.parent.parent
    assert row is not None
    assert "“plenty” is no number" in row.text()
    assert "a &lt;b&gt; note" in page


def test_the_form_becomes_json_and_comes_back(staff: Client) -> None:
    form = fields_of(staff.get(at("scoring_model", "leads")).content.decode())
    page = staff.post(at("scoring_fields", "leads"), {**form, "op": "json"}).content.decode()
    text = fields_of(page)["definition"][0]
    assert json.loads(text)["groups"][0]["label"] == form["g0-label"][0]
    back = staff.post(at("scoring_fields", "leads"), {"definition": text, "op": "form"})
    assert fields_of(back.content.decode())["g0-s0-words"] == form["g0-s0-words"]
    odd = staff.post(at("scoring_fields", "leads"), {"definition": "{}", "op": "form"})
    assert "parts: it is missing" in odd.content.decode()
    assert fields_of(odd.content.decode())["definition"] == ["{}"]


def test_a_scoring_that_would_divide_by_nothing_is_refused_in_words(staff: Client) -> None:
    sweep.tend()
    parts = {name: {"weight": 0, "max": 1}
             for name in ("fit", "referral_capacity", "signal_strength")}  # fmt: skip
    for wrong, said in (({"parts": parts}, "all weights are zero"), ({"scale": 0}, "above 0")):
        definition = {**json.loads(strict()), **wrong}
        fields = {"definition": json.dumps(definition), "based_on": "1"}
        assert said in staff.post(at("scoring_save", "leads"), fields).content.decode()
    assert ScoringVersion.objects.filter(model__slug="leads").count() == 1


def test_who_may_only_look_has_no_buttons(ann: User, client_of: ClientOf) -> None:
    client = client_of(ann)
    assert b"Save and compare" not in client.get(at("scoring_model", "leads")).content
    assert client.post(at("scoring_save", "leads"), {}).status_code == 403
    assert client.post(at("scoring_switch", slug="leads", number=1), {}).status_code == 403
    assert client.post(at("prospect_rules"), {}).status_code == 403
    assert client.post(at("prioritise_file")).status_code == 403


def test_a_post_is_needed_to_change_anything(staff: Client) -> None:
    for where in (at("scoring_save", "leads"), at("prospect_rules"), at("prioritise_enroll"),
                  at("prioritise_file")):  # fmt: skip
        assert staff.get(where).status_code == 405


def test_whom_first_is_listed_filtered_and_exported(staff: Client) -> None:
    known = Company.objects.create(name="Riverside", times_replied=2, is_sme=True)
    Contact.objects.create(name="=cmd()", role="Head of School", company=known)
    Contact.objects.create(name="Nobody")
    sweep.tend()
    page = staff.get(at("prioritise"), {"fit": "20"}).content.decode()
    assert "Decides (“Head of School”)" in page
    assert "Has answered us before (times answered: 2)" in page
    assert "Nobody</strong>" not in page
    assert "Nobody has what is asked" in staff.get(at("prioritise"), {"fit": "99"}).content.decode()
    assert (
        staff.get(at("prioritise"), {"fit": "nan", "limit": "-1", "kind": "x"}).status_code == 200
    )
    assert '<button class="at-button" form="whom-file">CSV</button>' in page
    file = staff.post(f"{at('prioritise_file')}?fit=20")
    assert file["Content-Type"].startswith("text/csv")
    assert "'=cmd()" in file.content.decode()
    entry = AuditEntry.objects.get(action="score.list_exported")
    assert (entry.actor, entry.data) == ("sam", {"kind": "contact", "rows": 1})


@pytest.mark.parametrize(
    ("kind", "address"),
    [("email", "hana@riverside.example"), ("phone", "+13055550142"),
     ("domain", "riverside.example")],
)  # fmt: skip
def test_whom_first_leaves_out_whom_nothing_may_be_sent_to(
    staff: Client, kind: str, address: str
) -> None:
    """Not for texts alone, nor for one whose wish was lifted: those may still be turned to."""
    for name in ("Hana", "Kim", "Lee"):
        person = Contact.objects.create(name=name, role="Head of School")
        where = "riverside" if name == "Hana" else "lake"
        ContactPoint.objects.create(
            contact=person, kind="email", value=f"{name.lower()}@{where}.example"
        )
        Lead.objects.create(contact=person)
    ContactPoint.objects.create(
        contact=Contact.objects.get(name="Hana"), kind="phone", value="+13055550142"
    )
    moment = {"reason": "opt_out", "source": "mail", "received_at": timezone.now()}
    suppress(kind, address, **moment)
    suppress("email", "kim@lake.example", scope="sms", **moment)
    lifted = suppress("email", "lee@lake.example", **moment)
    Suppression.objects.filter(pk=lifted.pk).update(lifted_at=timezone.now(), lifted_by="ada")
    sweep.tend()
    for subject in ("contact", "lead"):
        page = staff.get(at("prioritise"), {"kind": subject}).content.decode()
        assert "<strong>Hana" not in page
        assert "<strong>Kim" in page
        assert "<strong>Lee" in page
        assert "1 more has it and is left out" in page
        assert "<b>2</b> have what is asked" in page


def test_whom_first_comes_into_a_campaign(sam: User, staff: Client) -> None:
    add_mailbox()
    who = Contact.objects.create(name="Hana", role="Head of School")
    version = newest(Sequence.objects.get(slug="three_step"))
    campaign = create_drip(version, name="First", actor=sam, terms=Terms(offer="A talk"))
    sweep.tend()
    posted = {"campaign": str(campaign.pk), "contact": str(who.pk), "how": "ticked", "look": "1"}
    assert b"would" in staff.post(at("prioritise_enroll"), posted).content
    assert not Enrollment.objects.exists()
    told = staff.post(at("prioritise_enroll"), {**posted, "campaign": ""}).content
    assert b"Choose the campaign" in told


def test_segments_show_shares_and_reasons_and_can_be_said_otherwise(staff: Client) -> None:
    who = Contact.objects.create(name="Hana", role="Head of School")
    sweep.tend()
    page = staff.get(at("prospect_segments")).content.decode()
    assert "47.6 % is aimed at" in page
    assert "(“Head of School”)" in page
    assert "industry: education" in page
    posted = {"segment": "stealth_founder", "because": "She founds", "shown": "none"}
    staff.post(at("prospect_say", who.pk), posted, follow=True)
    assert Assignment.objects.get(contact=who).holds == "stealth_founder"
    assert "She founds" in staff.get(at("prospect_segments")).content.decode()
    wrong = staff.post(at("prospect_say", who.pk), {"segment": "zebra"}, follow=True)
    assert "There is no segment" in wrong.content.decode()


def test_rules_are_put_in_force_once(staff: Client) -> None:
    rules = segmenting.current().stored.definition
    changed = json.dumps({**rules, "alike": 3})
    assert b"This is no JSON" in staff.post(at("prospect_rules"), {"rules": "{"}).content
    staff.post(at("prospect_rules"), {"rules": changed, "version": "1"})
    assert segmenting.current().ready.rules.alike == 3
    late = staff.post(at("prospect_rules"), {"rules": changed, "version": "1"})
    assert b"other rules in force meanwhile" in late.content


def test_the_lists_cost_the_same_for_many(
    staff: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for n in range(30):
        Contact.objects.create(name=f"P{n}", role="Head of School")
    sweep.tend()
    for name in ("prioritise", "prospect_segments"):
        with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
            staff.get(at(name))
