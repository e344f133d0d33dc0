"""Editions of lists: put in force, held back for a decision, discarded, emptied when old."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit
from compliance.choices import DncFileStatus, DncStatus
from compliance.dnc import blocks, editions
from compliance.dnc.errors import DncRefused
from compliance.dnc.sources import name_of
from compliance.models import DncBlock, DncFile, DncVersion

TOLERANCE = 0.05  # how far the count may move from one load to the next without a person
STORE_AT_ONCE = 500


def in_force(source: str, area_code: str) -> DncVersion | None:
    """The edition that is asked now."""
    return DncVersion.objects.filter(
        source=source, area_code=area_code, status=DncStatus.ACTIVE
    ).first()


def check_newer(version: DncVersion, current: DncVersion | None) -> None:
    """An older list never replaces a newer one."""
    if current is not None and version.list_date < current.list_date:
        raise DncRefused(
            f"The list is of {version.list_date:%d %b %Y}, but the one in force for "
            f"{described(version)} is of {current.list_date:%d %b %Y}: download a newer one."
        )


def doubt(version: DncVersion, current: DncVersion | None) -> str:
    """Why a person should look before this edition counts; "" where nothing is odd."""
    if current is None:
        return ""
    if version.list_date > current.list_date and version.file.sha256 == current.file.sha256:
        return (
            f"It is byte for byte the file of {current.list_date:%d %b %Y}: is the list date right?"
        )
    moved = (version.numbers - current.numbers) / max(current.numbers, 1)
    if abs(moved) <= TOLERANCE:
        return ""
    return (
        f"{version.numbers:,} numbers are {moved:+.1%} against {current.numbers:,} of "
        f"{current.list_date:%d %b %Y}; more than 5% is looked at first."
    )


def described(version: DncVersion) -> str:
    """Which list of which area code, for sentences."""
    where = f", area code {version.area_code}" if version.area_code else ""
    return f"{name_of(version.source)}{where}"


def activate(version: DncVersion, *, actor: str, reason: str = "") -> None:
    """Swap this edition in for the one in force, in one transaction; the caller's if it has one.

    Raises DncRefused where the one in force is newer, or another swap came first.
    """
    try:
        with transaction.atomic():
            current = DncVersion.objects.select_for_update().filter(
                source=version.source, area_code=version.area_code, status=DncStatus.ACTIVE
            ).first()  # fmt: skip
            check_newer(version, current)
            now = timezone.now()
            if current is not None:
                current.status, current.superseded_at = DncStatus.SUPERSEDED, now
                current.save(update_fields=["status", "superseded_at"])
            moved = DncVersion.objects.filter(pk=version.pk, status=version.status).update(
                status=DncStatus.ACTIVE, activated_at=now, activated_by=actor, reason=""
            )
            if moved != 1:
                raise DncRefused(f"{version} was decided by somebody else in the meantime.")
            audit.append(
                "dnc.activated", version, actor=actor, reason=reason, data=_proof(version, current)
            )
    except IntegrityError as error:
        raise DncRefused(
            f"Another import for {described(version)} was put in force at this moment: "
            "look at what is in force, then import again."
        ) from error
    editions.forget()
    transaction.on_commit(editions.forget)
    version.refresh_from_db()


def _proof(version: DncVersion, replaced: DncVersion | None) -> dict[str, object]:
    return {
        "source": version.source,
        "area_code": version.area_code,
        "list_date": version.list_date.isoformat(),
        "san": version.san,
        "sha256": version.file.sha256,
        "numbers": version.numbers,
        "replaces": replaced.pk if replaced else None,
        "replaced_numbers": replaced.numbers if replaced else None,
    }


def hold(version: DncVersion, *, reason: str, actor: str) -> None:
    """Keep the edition and its numbers until a person has decided."""
    version.status, version.reason = DncStatus.WAITING, reason
    version.save(update_fields=["status", "reason"])
    audit.append("dnc.held", version, actor=actor, reason=reason, data=_proof(version, None))


def confirm(version: DncVersion, *, actor: str) -> None:
    """A person takes the edition in spite of the doubt; raises DncRefused as `activate`."""
    _require_waiting(version)
    with transaction.atomic():
        activate(version, actor=actor, reason=f"Confirmed: {version.reason}")
        _close_file(version.file)


def discard(version: DncVersion, *, actor: str, reason: str = "") -> None:
    """A person turns the edition down; its numbers go, the record stays."""
    _require_waiting(version)
    with transaction.atomic():
        if not refuse(version, reason=reason or "Turned down.", actor=actor):
            raise DncRefused(f"{version} was decided by somebody else in the meantime.")
        _close_file(version.file)


def _require_waiting(version: DncVersion) -> None:
    if version.status != DncStatus.WAITING:
        raise DncRefused(f"{version} waits for no decision: it is {version.get_status_display()}.")


def refuse(version: DncVersion, *, reason: str, actor: str) -> bool:
    """Mark the edition refused, drop its numbers and record why; False where it has moved on."""
    moved = DncVersion.objects.filter(pk=version.pk, status=version.status).update(
        status=DncStatus.FAILED, reason=reason
    )
    if moved != 1:
        return False
    version.status, version.reason = DncStatus.FAILED, reason
    drop_numbers(version)
    audit.append("dnc.refused", version, actor=actor, reason=reason)
    return True


def _close_file(file: DncFile) -> None:
    if not file.versions.filter(status=DncStatus.WAITING).exists():
        file.status, file.problem = DncFileStatus.LOADED, ""
        file.save(update_fields=["status", "problem"])


def store(version: DncVersion, gathered: dict[int, bytes]) -> None:
    """Write blocks of a version; lines it already has stay set."""
    for start in range(0, len(gathered), STORE_AT_ONCE):
        keys = list(gathered)[start : start + STORE_AT_ONCE]
        wanted = {version.block_key(block): gathered[block] for block in keys}
        with transaction.atomic():
            for key, bits in DncBlock.objects.filter(key__in=wanted).values_list("key", "bits"):
                wanted[key] = blocks.merge(bytes(bits), wanted[key])
            DncBlock.objects.bulk_create(
                [DncBlock(key=key, bits=bits) for key, bits in wanted.items()],
                update_conflicts=True,
                unique_fields=["key"],
                update_fields=["bits"],
            )


def count_numbers(version: DncVersion) -> int:
    """How many numbers of the version really are in the database."""
    rows = DncBlock.objects.filter(key__range=version.block_keys).values_list("bits", flat=True)
    return sum(blocks.count(bytes(bits)) for bits in rows.iterator(chunk_size=STORE_AT_ONCE))


def drop_numbers(version: DncVersion) -> None:
    """Delete the blocks of a version."""
    DncBlock.objects.filter(key__range=version.block_keys).delete()


def purge(*, at: datetime, actor: str = "dnc") -> int:
    """Empty versions replaced longer than DNC_KEEP_DAYS ago; returns how many.

    47 CFR 64.1200(c)(2) and 16 CFR 310.5 want the process proven for five years; the row with
    its date, count and checksum stays for ever.
    """
    # A day at the least: a process may still ask the edition it remembers.
    before = at - timedelta(days=max(settings.DNC_KEEP_DAYS, 1))
    old = DncVersion.objects.filter(
        status=DncStatus.SUPERSEDED, superseded_at__lt=before, purged_at=None
    )
    count = 0
    for version in old.iterator(chunk_size=100):
        with transaction.atomic():
            version.purged_at = at
            version.save(update_fields=["purged_at"])
            drop_numbers(version)
            audit.append("dnc.purged", version, actor=actor, data={"numbers": version.numbers})
        count += 1
    return count
