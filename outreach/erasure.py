"""A person is erased: what we said to them and heard from them goes, that we did so stays."""

import json
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from compliance import keyed_hash
from compliance.addresses import as_heard
from compliance.erasure import WHY
from crm.models import Contact
from outreach.choices import Direction
from outreach.models import (
    Absence,
    AiRun,
    Approval,
    Attachment,
    Attempt,
    ContactProposal,
    Enrollment,
    Message,
    MessageReading,
    Participant,
    ProviderEvent,
    StoredAnswer,
)
from outreach.opting_out import stop_people
from outreach.webhooks import hearing

TEXTS: dict[str, Any] = {
    "subject": "", "body": "", "body_html": "", "error": "",
    "in_reply_to": "", "references": "", "original": {}, "fact_marks": [], "own_ranges": [],
    "reason": WHY,
}  # fmt: skip


def erase_person(
    sender: object,
    *,
    contact: Contact,
    addresses: Iterable[tuple[str, str]],
    actor: str,
    **_signal: Any,
) -> dict[str, int]:
    """Hears `crm.signals.contact_erased`, in its transaction; returns what it blanked.

    Of a message stay its times, status and approvals, with a hash of the address: enough to prove
    later that it was lawful, too little to say to whom.
    """
    pairs = [(kind, as_heard(kind, address)) for kind, address in addresses]
    values = [address for _kind, address in pairs]
    stop_people({contact.pk}, values, why="The person was erased.", actor=actor)
    messages = messages_of(contact, values)
    ids = list(messages.values_list("pk", flat=True))
    # What a worker holds at this moment finds its approval void and does not leave.
    Approval.objects.filter(message__in=ids, message__sent_at=None, voided_at=None).update(
        voided_at=timezone.now(), void_reason=WHY
    )
    _blank_messages(ids)
    blanked = {
        "messages": len(ids),
        "attachments": _blank_files(ids),
        "raw mails and reports": _blank_events(ids, values),
        "threads": _blank_threads(contact),
    }
    _forget_what_was_read(contact, ids)
    _forget_who_took_part(contact, values)
    hearing.forget(contact.pk, values)
    _blank_answers([*values, contact.name] if contact.name else values)
    return blanked


def _forget_what_was_read(contact: Contact, ids: Collection[UUID]) -> None:
    MessageReading.objects.filter(message__in=ids).update(
        referred_to="", evidence={}, ask_model_at=None
    )
    ContactProposal.objects.filter(message__in=ids).update(said="", name="", email="", phone="")
    Absence.objects.filter(contact=contact).delete()
    AiRun.objects.filter(contact_id=contact.pk).update(contact_id=None, error="")


def _forget_who_took_part(contact: Contact, values: Collection[str]) -> None:
    participants_of(contact, values).delete()
    # Who else took part tells of the person, too, and of an emptied thread nothing more.
    Participant.objects.filter(enrollment__contact=contact).delete()


def _blank_threads(contact: Contact) -> int:
    return Enrollment.objects.filter(contact=contact).update(
        notes="", facts={}, match_reasons=[], stop_reason=WHY, next_touch_at=None, zone=""
    )


def messages_of(contact: Contact, values: Collection[str]) -> QuerySet[Message]:
    """Everything in the person's threads, to one of their addresses, or from one."""
    return Message.objects.filter(
        Q(enrollment__contact=contact)
        | Q(to_address__in=values, direction=Direction.OUTBOUND)
        | Q(from_address__in=values, direction=Direction.INBOUND)
    ).order_by()


def participants_of(contact: Contact, values: Collection[str]) -> QuerySet[Participant]:
    """Where the person took part, in their own threads and in those of others."""
    return Participant.objects.filter(Q(contact=contact) | Q(value__in=values))


def _blank_messages(ids: Collection[UUID]) -> None:
    rows = Message.objects.filter(pk__in=ids)
    for message in list(rows.only("direction", "to_address", "from_address")):
        ours = message.direction == Direction.OUTBOUND
        theirs = message.to_address if ours else message.from_address
        kept = keyed_hash.hashed(theirs.lower()) if theirs else ""
        heard = {"from_address": kept, "from_name": "", "to_address": ""}
        where = {"to_address": kept} if ours else heard
        rows.filter(pk=message.pk).update(
            **TEXTS, **where, version=F("version") + 1, flagged=False, due_at=None,
            updated_at=timezone.now(),
        )  # fmt: skip
    Attempt.objects.filter(message__in=ids).update(detail="")


def _blank_files(ids: Collection[UUID]) -> int:
    rows = Attachment.objects.filter(message__in=ids)
    names = [name for name in rows.values_list("file", flat=True) if name]
    count = rows.update(name="erased", file="", content_type="", left_out=WHY)

    def remove() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(remove)  # a file is not brought back by a rollback
    return count


def _blank_events(ids: Collection[UUID], values: Collection[str]) -> int:
    return ProviderEvent.objects.filter(
        Q(message__in=ids) | Q(payload__sender__in=values) | Q(payload__recipient__in=values)
    ).update(payload={}, raw=b"", detail=WHY)


def _blank_answers(words: Collection[str]) -> None:
    """Answers of the API are kept a day for calls sent twice; those that tell of the person go."""
    for stored in StoredAnswer.objects.iterator(chunk_size=200):
        text = json.dumps(stored.body, ensure_ascii=False)
        if any(word in text for word in words):
            StoredAnswer.objects.filter(pk=stored.pk).update(body={"detail": WHY})
