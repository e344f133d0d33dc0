"""Looking changes nothing: every address is opened by GET, and no row is written."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils import timezone
from model_bakery import baker

from compliance.consent import Given, record
from compliance.models import DncVersion
from compliance.unsubscribe import make_token
from config import saved_views
from crm import leads
from crm.imports import uploads
from crm.models import Contact, ImportBatch
from crm.segments.snapshots import freeze
from crm.segments.versions import create_segment, newest
from outreach import api_keys, approvals
from outreach.briefs.create import create_request
from outreach.campaigns import create_campaign
from outreach.choices import Direction, EventKind, EventStatus, MessageKind, MessageStatus
from outreach.models import (
    Alert,
    Attachment,
    Campaign,
    ContactProposal,
    Enrollment,
    Message,
    Participant,
    ProviderEvent,
    Sequence,
    SequenceVersion,
    WorkerHeartbeat,
)
from quotes.manual import log_quote
from quotes.models import Quote
from tests.desk import BRIEF, add_mailbox, add_vendors

# What reading may touch: the session, log-in bookkeeping, rate counts, when a key was last used.
BOOKKEEPING = re.compile(
    r'^(INSERT INTO|UPDATE|DELETE FROM) "?(django_session|axes_\w+|django_cache|outreach_apikey)"?',
)
WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|DROP|ALTER|CREATE)\b", re.I)
PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")

Values = dict[str, Any]


def walk(found: Any, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every leaf of the URLconf with its whole route; regular expressions have no values."""
    for entry in found:
        if not isinstance(entry.pattern, RoutePattern) and str(entry.pattern) not in ("", "^/"):
            continue
        route = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, route)
        else:
            yield route, entry


def rows_of_every_page(boss: User) -> Values:
    """One campaign that has come to a quote, and for every parameter of a route a value."""
    WorkerHeartbeat.objects.create(name="worker", beat_at=timezone.now())
    add_mailbox()
    add_vendors(3)
    request = create_request(BRIEF, actor="boss", created_by=boss)
    campaign, _made = create_campaign(request, actor=boss)
    message = Message.objects.filter(campaign=campaign).first()
    enrollment = Enrollment.objects.filter(campaign=campaign).first()
    assert message is not None
    assert enrollment is not None
    approvals.approve_all(campaign, approver=boss)
    reply, attachment, event = heard(enrollment)
    quote = log_quote(enrollment, actor=boss, price="12000", currency="USD", kind="quote")
    spoken = Given(
        "email", "pat@chartera.example", "oral", ("email",), source="fair",
        given_at=timezone.now(),
    )  # fmt: skip
    record(spoken, actor="boss")
    segment = create_segment("Everyone", {"conditions": []}, actor="boss")
    drip = Campaign.objects.create(
        kind="sequence", name="Drip", slug="drip", mailbox=campaign.mailbox,
        sequence_version=SequenceVersion.objects.first(),
        audience=freeze(newest(segment), actor="boss"),
    )  # fmt: skip
    snapshot = drip.audience
    assert snapshot is not None
    return {
        "request_id": request.pk,
        "campaign_id": campaign.pk,
        "message_id": message.pk,
        "enrollment_id": enrollment.pk,
        "quote_id": quote.pk,
        "reply_id": reply.pk,
        "attachment_id": attachment.pk,
        "alert_id": baker.make(Alert, user=boss, enrollment=enrollment, message=None).pk,
        "proposal_id": baker.make(ContactProposal, enrollment=enrollment, message=reply).pk,
        "participant_id": baker.make(Participant, enrollment=enrollment).pk,
        "event_id": event.pk,
        "app_label": "outreach",
        "content_type_id": ContentType.objects.get_for_model(Quote).pk,
        "token": enrollment.token,
        "prospect_id": enrollment.contact_id,
        "contact_id": enrollment.contact_id,
        "company_id": enrollment.company_id,
        "conversation_id": enrollment.pk,
        "sequence_id": Sequence.objects.values_list("pk", flat=True)[0],
        "version_id": baker.make(DncVersion).pk,
        "object_id": quote.pk,
        "view_id": saved_views.save(boss, "crm_lead_changelist", "Mine", "tier=A").pk,
        "lead_id": leads.create(actor="boss", contact=enrollment.contact).pk,
        "segment_id": segment.pk,
        "snapshot_id": snapshot.pk,
        "import_id": baker.make(ImportBatch).pk,
        "field": "contact.role",
        "path": "nowhere",
        "name": "take-over",
        "form": "json",
        "kind": "contact",
        "one": enrollment.contact_id,
        "other": Contact.objects.exclude(pk=enrollment.contact_id).values_list("pk", flat=True)[0],
        "record_id": quote.pk,
        "merge_id": quote.pk,
        "row_id": enrollment.contact_id,
        "slug": "leads",
        "number": 1,
        "key": enrollment.contact_id,
        "batch_id": _upload().pk,
    }


def _upload() -> ImportBatch:
    list_ = ContentFile(b"name,email\nPat,pat@x.example\n", name="people.csv")
    return uploads.receive(list_, "contacts", actor="boss")


def heard(enrollment: Enrollment) -> tuple[Message, Attachment, ProviderEvent]:
    """A reply with a file, and a mail that nobody could place."""
    now = timezone.now()
    reply = Message.objects.create(
        enrollment=enrollment,
        campaign=enrollment.campaign,
        direction=Direction.INBOUND,
        kind=MessageKind.REPLY,
        status=MessageStatus.PROCESSED,
        from_address="pat@chartera.example",
        subject="Re: charter",
        body="USD 12,000 all in.",
        received_at=now,
    )
    attachment = Attachment.objects.create(message=reply, name="offer.txt", size=5)
    attachment.file.save("offer.txt", ContentFile(b"offer"))
    event = ProviderEvent.objects.create(
        esp="postmark",
        kind=EventKind.INBOUND,
        key="walk",
        status=EventStatus.NEEDS_ATTENTION,
        received_at=now,
    )
    return reply, attachment, event


def object_for(route: str) -> Any:
    """The key of a row of the model whose admin page this is; one is made where none exists."""
    for model in admin.site._registry:
        if f"admin/{model._meta.app_label}/{model._meta.model_name}/" in route:
            return _any_row(model).pk
    return None


def _any_row(model: type[models.Model]) -> models.Model:
    return model._default_manager.first() or baker.make(model)


def address(route: str, values: Values) -> str:
    """The route with its parameters filled in; KeyError names one that has no value yet."""

    def fill(match: re.Match[str]) -> str:
        name = match["name"]
        if route.startswith("u/"):
            return make_token("email", "pat@chartera.example")
        if name == "message_id" and "inbox/" in route:
            name = "reply_id"
        if name in ("object_id", "pk", "id") and (key := object_for(route)) is not None:
            return str(key)
        return str(values[name])

    return "/" + PARAMETER.sub(fill, route)


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss", "boss@desk.example", "pass")


@pytest.fixture
def look(boss: User) -> Callable[[str], Any]:
    """A browser with the session and the key of somebody who may everything."""
    scopes = list(api_keys.SCOPES)
    _key, token = api_keys.create(owner=boss, name="walk", scopes=scopes, actor="boss")
    client = Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)
    client.force_login(boss)
    return client.get


def test_opening_any_address_writes_nothing(boss: User, look: Callable[[str], Any]) -> None:
    values = rows_of_every_page(boss)
    opened, trouble = 0, []
    for route, _pattern in walk(get_resolver().url_patterns):
        where = address(route, values)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            status = look(where).status_code
        writes = [
            query["sql"][:120]
            for query in queries.captured_queries
            if WRITE.match(query["sql"]) and not BOOKKEEPING.match(query["sql"])
        ]
        opened += status < 400
        if status >= 500 or writes:
            trouble.append((where, status, writes))
    assert not trouble
    assert opened > 40


def test_the_walk_would_see_a_write() -> None:
    assert WRITE.match('UPDATE "outreach_message" SET "status" = 1')
    assert not BOOKKEEPING.match('UPDATE "outreach_message" SET "status" = 1')
    assert BOOKKEEPING.match('UPDATE "django_session" SET "x" = 1')
