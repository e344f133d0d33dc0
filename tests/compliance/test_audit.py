"""The ledger: written once, chained, and any later change shows."""

import pytest

from compliance import audit
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
    AuditSeal.objects.filter(position=3).delete()
    verification = audit.verify()
    assert verification.broken_at == 3
    assert "missing" in verification.problem


def test_a_forged_link_is_pointed_at(subject: Suppression) -> None:
    write(subject, 4)
    audit.seal()
    AuditSeal.objects.filter(position=2).update(chain_hash="f" * 64)
    assert audit.verify().broken_at == 2
