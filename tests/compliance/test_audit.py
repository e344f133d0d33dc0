"""The ledger: written once, chained, and any later change shows."""

import pytest

from compliance import audit, guards
from compliance.models import AuditEntry, AuditSeal, Suppression

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject() -> Suppression:
    return Suppression(pk=7)


def write(subject: Suppression, count: int) -> list[AuditEntry]:
    return audit.append_many(
        [audit.Act("tested", subject, reason=f"entry {n}", data={"n": n}) for n in range(count)],
        actor="suite",
    )


def test_a_sealed_chain_verifies(subject: Suppression) -> None:
    write(subject, 5)
    assert audit.seal() == 5
    assert audit.seal() == 0
    assert audit.verify() == audit.Verification(5, 0, None, "")


def test_what_is_not_sealed_yet_is_counted(subject: Suppression) -> None:
    write(subject, 2)
    audit.seal()
    write(subject, 3)
    assert audit.verify().unsealed == 3


def test_an_entry_cannot_be_saved_again_or_deleted(subject: Suppression) -> None:
    entry = write(subject, 1)[0]
    entry.reason = "rewritten"
    with pytest.raises(TypeError, match="written once"):
        entry.save()
    with pytest.raises(TypeError, match="never deleted"):
        entry.delete()


def test_a_missing_link_is_pointed_at(subject: Suppression) -> None:
    write(subject, 4)
    audit.seal()
    with guards.stood_down():
        AuditSeal.objects.filter(position=3).delete()
    verification = audit.verify()
    assert verification.broken_at == 3
    assert "missing" in verification.problem


def test_a_forged_link_is_pointed_at(subject: Suppression) -> None:
    write(subject, 4)
    audit.seal()
    with guards.stood_down():
        AuditSeal.objects.filter(position=2).update(chain_hash="f" * 64)
    assert audit.verify().broken_at == 2


def test_a_removed_entry_is_named(subject: Suppression) -> None:
    second = write(subject, 4)[1]
    audit.seal()
    with guards.stood_down():
        AuditEntry.objects.filter(pk=second.pk)._raw_delete("default")
        verification = audit.verify()
        AuditSeal.objects.filter(entry_id=second.pk)._raw_delete("default")
    assert (verification.broken_at, verification.entry_id) == (2, second.pk)
    assert verification.problem == f"entry {second.pk} was removed"


def test_the_first_of_several_broken_entries_is_named(subject: Suppression) -> None:
    entries = write(subject, 6)
    audit.seal()
    with guards.stood_down():
        AuditEntry.objects.filter(pk__in=[entries[2].pk, entries[4].pk]).update(actor="nobody")
    verification = audit.verify()
    assert (verification.broken_at, verification.entry_id) == (3, entries[2].pk)


def test_a_rewritten_entry_with_a_fitting_digest_still_breaks_the_chain(
    subject: Suppression,
) -> None:
    entries = write(subject, 3)
    audit.seal()
    changed = AuditEntry.objects.get(pk=entries[1].pk)
    changed.reason = "rewritten"
    with guards.stood_down():
        AuditEntry.objects.filter(pk=changed.pk).update(
            reason=changed.reason, digest=audit._digest(changed)
        )
    assert audit.verify().problem == f"entry {changed.pk} does not follow the entry before it"


@pytest.mark.parametrize("batch", [1, 3, 4, 5])
def test_long_chains_are_read_in_pieces(
    batch: int, subject: Suppression, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(subject, 4)
    audit.seal()
    monkeypatch.setattr(audit, "SEAL_BATCH", batch)
    assert audit.verify().checked == 4


def test_entries_taken_off_the_end_show_against_a_noted_head(subject: Suppression) -> None:
    entries = write(subject, 5)
    audit.seal()
    noted = audit.head()
    with guards.stood_down():
        AuditSeal.objects.filter(position__gt=3).delete()
        AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries[3:]])._raw_delete("default")
    assert audit.verify().broken_at is None
    told = audit.verify(noted)
    assert (told.broken_at, told.problem) == (
        4,
        "the chain ends here, but position 5 was noted",
    )


def test_a_chain_made_anew_shows_against_a_noted_head(subject: Suppression) -> None:
    first = write(subject, 4)[0]
    audit.seal()
    noted = audit.head()
    first.reason = "rewritten"
    with guards.stood_down():
        AuditSeal.objects.all()._raw_delete("default")
        AuditEntry.objects.filter(pk=first.pk).update(
            reason=first.reason, digest=audit._digest(first)
        )
    audit.seal()
    assert audit.verify().broken_at is None
    assert audit.verify(noted).broken_at == 4


def test_a_head_noted_long_ago_still_fits_a_chain_that_grew(subject: Suppression) -> None:
    write(subject, 2)
    audit.seal()
    noted = audit.head()
    write(subject, 3)
    audit.seal()
    assert audit.verify(noted).broken_at is None
