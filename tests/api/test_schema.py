"""Every operation of the API against values nobody thought of: refused in words, never a 5xx."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from crm.imports import uploads
from crm.imports.plan import read_plan
from crm.merge import merge_contacts
from crm.models import Contact, ImportBatch, Lead, Request
from crm.segments.snapshots import freeze
from crm.segments.versions import create_segment, newest
from outreach import api_keys
from outreach.api import access
from outreach.conversations.engagement import Engagement, track
from outreach.models import Campaign, Enrollment, Message
from outreach.sequences.enroll import enroll
from tests.api.conftest import Program
from tests.desk import BRIEF, add_mailbox, add_vendors
from tests.outreach.sequences.build import make_drip, make_people

EXAMPLES = 15  # of each operation, twice; more cost minutes
DIRECTORS = {"conditions": [{"field": "contact.role", "op": "contains", "value": "director"}]}
SCHEMA = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# What else than the row of that name an operation needs, by its label: in its path and its body.
PATHS = {
    "GET /api/campaigns/{campaign_id}/audience": {"campaign_id": "drip"},
    "GET /api/campaigns/{campaign_id}/audience/people": {"campaign_id": "drip"},
    "GET /api/enrollments/{enrollment_id}": {"enrollment_id": "taken_in"},
    "POST /api/enrollments/{enrollment_id}/pause": {"enrollment_id": "taken_in"},
    "POST /api/enrollments/{enrollment_id}/remove": {"enrollment_id": "taken_in"},
    "POST /api/enrollments/{enrollment_id}/resume": {"enrollment_id": "taken_in"},
}
FIELDS = {
    "POST /api/campaigns/{campaign_id}/quotes": {"enrollment_id": "enrollment_id"},
    "PATCH /api/messages/{message_id}": {"version": "version"},
    "POST /api/outreach/track-engagement": {"enrollment_id": "enrollment_id"},
    "POST /api/messages/{message_id}/approve": {"version": "version"},
    "POST /api/conversations/{conversation_id}/label": {"message_id": "reply"},
    "POST /api/enrollments": {"campaign_id": "drip", "contact_ids": "people"},
    "POST /api/outreach/sequence/generate": {"prospect_id": "prospect_id"},
    "POST /api/segments/{segment_id}/campaign": {"sequence": "sequence"},
}
quiet = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
every_operation = pytest.mark.parametrize(
    "operation", OPERATIONS, ids=[f"{op.method.upper()} {op.path}" for op in OPERATIONS]
)


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Program, dict[str, Any]]]:
    """A program with every right, and path parameters that lead somewhere: a campaign with drafts.

    Made once, in a transaction around all the tests of this file; each rolls back to it.
    """
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "CALLS_PER_KEY", 10**9)
        patch.setattr(access, "FAILURES_PER_ADDRESS", 10**9)
        boss = User.objects.create_superuser("boss", "boss@desk.example", "pass")
        _key, token = api_keys.create(
            owner=boss, name="A program", scopes=list(api_keys.SCOPES), actor="boss"
        )
        program = Program(token)
        ids = _rows(program, boss)
        # Requests through WSGI would close the connection that holds the transaction; the test
        # client, used above, connects this receiver again after each call.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield program, ids
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        transaction.set_rollback(True)


def _rows(program: Program, boss: User) -> dict[str, Any]:
    add_mailbox()
    add_vendors(3)
    made = program.post("/api/requests", {"text": BRIEF}).json()
    program.post(f"/api/requests/{made['id']}/campaign")
    drip, [pat] = make_drip(), make_people(1)
    enroll(drip, [pat.pk], actor="boss")
    thread = Enrollment.objects.filter(campaign__kind="rfq").first()
    assert thread is not None
    track(thread.pk, Engagement.REPLY, actor=boss, words="How many passengers?")
    everyone = create_segment("Everyone", {"conditions": []}, actor="boss")
    Campaign.objects.filter(pk=drip.pk).update(audience=freeze(newest(everyone), actor="boss"))
    return {
        "version": 1,
        "drip": str(drip.pk),
        "taken_in": str(Enrollment.objects.get(campaign=drip).pk),
        "people": [str(pat.pk)],
        "reply": str(Message.objects.get(direction="inbound").pk),
        "sequence": drip.sequence_version.sequence.slug,  # type: ignore[union-attr]
        "request_id": str(Request.objects.get().pk),
        "campaign_id": str(Campaign.objects.get(kind="rfq").pk),
        "message_id": str(Message.objects.first().pk),  # type: ignore[union-attr]
        "enrollment_id": str(Enrollment.objects.first().pk),  # type: ignore[union-attr]
        "sequence_id": str(drip.sequence_version.sequence_id),  # type: ignore[union-attr]
        "prospect_id": str(pat.pk),
        "conversation_id": str(thread.pk),
        "import_id": str(_checked_list().pk),
        "contact_id": str(pat.pk),
        "company_id": str(pat.company_id),
        "lead_id": str(Lead.objects.create(contact=pat).pk),
        "segment_id": str(create_segment("Directors", DIRECTORS, actor="boss").pk),
        "merge_id": str(merge_contacts(*(one.pk for one in _namesakes()), actor="boss").pk),
    }


def _namesakes() -> list[Contact]:
    return [Contact.objects.create(name=name) for name in ("Kim Doe", "Kimberly Doe")]


def _checked_list() -> ImportBatch:
    list_ = ContentFile(b"name,email\nPat,pat@x.example\nKim,kim@\n", name="people.csv")
    batch = uploads.receive(list_, "contacts", actor="boss")
    uploads.choose(batch, read_plan(batch.plan), actor="boss")
    uploads.work_off(batch.pk)
    return batch


@every_operation
def test_any_values_are_answered_in_kind(
    operation: Any, desk: tuple[Program, dict[str, Any]], db: None
) -> None:
    program, _ids = desk

    @quiet
    @given(case=operation.as_strategy())
    def attack(case: Any) -> None:
        case.call_and_validate(headers=program.headers, checks=CHECKS)

    attack()


@every_operation
def test_any_values_on_rows_that_exist_are_answered_in_kind(
    operation: Any, desk: tuple[Program, dict[str, Any]], db: None
) -> None:
    program, ids = desk

    @quiet
    @given(case=operation.as_strategy())
    def attack(case: Any) -> None:
        other = PATHS.get(operation.label, {})
        for name in case.path_parameters or {}:
            case.path_parameters[name] = ids[other.get(name, name)]
        if isinstance(case.body, dict):
            fields = FIELDS.get(operation.label, {})
            case.body |= {name: ids[key] for name, key in fields.items()}
        case.call_and_validate(headers=program.headers, checks=CHECKS)

    attack()


@every_operation
def test_nothing_is_told_without_a_key(
    operation: Any, desk: tuple[Program, dict[str, Any]], db: None
) -> None:
    @settings(quiet, max_examples=5)
    @given(case=operation.as_strategy())
    def knock(case: Any) -> None:
        response = case.call(headers={"Authorization": ""})
        assert response.status_code == 401, (response.status_code, response.text)

    knock()


def test_every_operation_demands_a_key() -> None:
    assert len(OPERATIONS) >= 15
    for operation in OPERATIONS:
        assert operation.definition.raw["security"] == [{"ApiKeyAuth": []}], operation.label
