"""Whatever points at a person or company, in any app, now or later, goes over with a merge."""

from typing import Any

import pytest
from django.db import models
from model_bakery import baker

from crm.merge import merge_companies, merge_contacts
from crm.merging.links import Link, links_to, unsettled
from crm.models import Assignment, Company, Contact, ContactPoint, Lead, ScoringVersion
from crm.models.scoring import HeldScore
from outreach.models import AiRun, Enrollment, MarketingTouch, WebhookDelivery
from tests.factories import make_campaign, make_drafts

TARGETS = (Contact, Company, ContactPoint, Lead)
MERGE: dict[Any, Any] = {Contact: merge_contacts, Company: merge_companies}
LINKS = [(target, link) for target in MERGE for link in links_to(target)]


def name_of(value: object) -> str:
    if isinstance(value, Link):
        return f"{value.model._meta.label}.{value.name}"
    return value.__name__ if isinstance(value, type) else str(value)


def make_pair(target: Any) -> tuple[Any, Any]:
    return baker.make(target, name="One"), baker.make(target, name="Other")


def make_row(model: type[models.Model], **values: Any) -> Any:
    """A row with what its constraints ask for beyond the types of its columns."""
    names = {field.name for field in model._meta.concrete_fields}
    if "campaign" in names:
        values["campaign"] = make_campaign()
    if "enrollment" in names:
        values["enrollment"] = baker.make(Enrollment, campaign=make_campaign())
    if issubclass(model, HeldScore):  # there is one scoring model a kind already
        values["version"] = ScoringVersion.objects.first()
    if "message" in names:
        values["message"] = make_drafts(make_campaign(), 1)[0]
    return baker.make(model, **values)


@pytest.mark.parametrize("target", TARGETS, ids=name_of)
def test_what_two_cannot_both_have_is_settled(target: type[models.Model]) -> None:
    assert unsettled(target) == []


def test_the_walk_finds_what_it_must() -> None:
    found = {link.key for _target, link in LINKS}
    assert {
        ("crm.ContactPoint", "contact"), ("crm.Lead", "contact"), ("crm.Lead", "company"),
        ("crm.Contact", "company"), ("outreach.Enrollment", "contact"),
        ("outreach.Enrollment", "company"), ("outreach.Participant", "contact"),
        ("outreach.ContactProposal", "contact"), ("outreach.Absence", "contact"),
        ("outreach.DraftOrder", "contact"), ("outreach.DraftOrder", "company"),
        ("outreach.MarketingTouch", "contact"), ("outreach.WebhookDelivery", "contact_id"),
    } <= found  # fmt: skip


def test_no_field_that_looks_like_a_person_s_id_is_forgotten() -> None:
    from django.apps import apps

    loose = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField) and field.name in {"contact_id", "company_id"}
    }
    kept = {link.model for _target, link in LINKS if link.name.endswith("_id")}
    assert loose == kept == {WebhookDelivery, AiRun}


@pytest.mark.django_db
@pytest.mark.parametrize(("target", "link"), LINKS, ids=name_of)
def test_every_row_that_points_at_the_merged_one_points_at_the_survivor(
    target: Any, link: Link
) -> None:
    kept, gone = make_pair(target)
    value = gone.pk if link.name.endswith("_id") else gone
    made = make_row(link.model, **{link.name: value})
    MERGE[target](kept.pk, gone.pk, actor="sam")
    left = link.model._base_manager.filter(**{link.name: gone.pk})
    assert not left.exists()
    if issubclass(link.model, HeldScore):  # of the merged one's data alone: counted anew
        return
    if link.model not in (MarketingTouch, Assignment):  # their key is the person
        made.refresh_from_db()
    assert link.model._base_manager.filter(**{link.name: kept.pk}).exists()
