"""Imports a list: hand a file in, read it as a stream, put the new edition in force at once.

Whatever happens before the last step, the edition in force stays in force: blocks are written
under a version nobody asks yet, and a killed import is begun anew or swept away.
"""

import hashlib
import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from compliance import audit
from compliance.choices import DncFileStatus, DncStatus
from compliance.dnc import internal, versions
from compliance.dnc.blocks import Blocks
from compliance.dnc.errors import AlreadyImported, DncRefused
from compliance.dnc.files import Batch, read_batches
from compliance.dnc.sources import INTERNAL, NATIONAL, capital, read_source
from compliance.models import DncFile, DncVersion

MOST_BLOCKS = 4000  # five megabytes; then what was gathered is written
TELL_EVERY = 0.5  # seconds between two signs of life
DEAD_AFTER = timedelta(minutes=2)

Progress = Callable[[DncFile], None]


def hand_in(
    name: str,
    *,
    source: str,
    list_date: date,
    actor: str,
    san: str = "",
    size: int = 0,
    upload: "File[bytes] | None" = None,
    today: date | None = None,
) -> DncFile:
    """Record that somebody hands in a file; `load` does the rest. An `upload` is kept until then.

    Raises DncRefused for a wrong subscription account number, an unknown list or a date to come;
    the refusal of a known list is recorded too.
    """
    file = DncFile(
        name=name[-255:], source=read_source(source), list_date=list_date, handed_in_by=actor,
        san=san.strip()[:40], size=size,
    )  # fmt: skip
    problem = _problem(file, today or timezone.localdate())
    with transaction.atomic():
        if upload is not None and not problem:
            file.upload.save(upload.name or "list", upload, save=False)
        file.save()
        audit.append("dnc.handed_in", file, actor=actor, data=_described(file))
        if problem:
            _fail(file, problem, actor=actor)
    if problem:
        raise DncRefused(problem)
    return file


def _problem(file: DncFile, today: date) -> str:
    if file.list_date > today:
        return (
            f"The list date, {file.list_date:%d %b %Y}, is still to come: "
            "give the day the list was downloaded."
        )
    if file.source != NATIONAL:
        return ""
    if not settings.DNC_SAN:
        return "No subscription account number is set: put the registry's number into DNC_SAN."
    if not file.san:
        return "A national list needs the subscription account number it was downloaded under."
    if _bare(file.san) != _bare(settings.DNC_SAN):
        return (
            f"The list was downloaded under “{file.san}”, which is not our subscription account "
            "number: a number is not transferable, download the list under our own."
        )
    return ""


def _bare(san: str) -> str:
    return "".join(character for character in san.upper() if character.isalnum())


def _described(file: DncFile) -> dict[str, object]:
    return {
        "name": file.name,
        "source": file.source,
        "list_date": file.list_date.isoformat(),
        "san": file.san,
        "size": file.size,
        "sha256": file.sha256,
        "numbers": file.numbers,
    }


def load(
    file: DncFile, opened: IO[bytes], *, actor: str, progress: Progress | None = None
) -> DncFile:
    """Read the opened file into new editions and put them in force; returns the row as it ended.

    A count more than 5% off waits for `versions.confirm`. Raises DncRefused with the reason, which
    is also on the row; any other error is stored on the row and goes on up.
    """
    if not _claim(file):
        raise DncRefused(f"{file} is being imported, or was imported already.")
    try:
        _Import(file, actor, progress).run(opened)
    except _TakenOver:
        raise
    except DncRefused as refusal:
        _give_up(file, str(refusal), actor=actor)
        raise
    except Exception as error:
        _give_up(file, f"The import broke off: {error!r}. Nothing was changed.", actor=actor)
        raise
    return file


def _claim(file: DncFile) -> bool:
    """Take the file on, once; one whose import died may be begun anew."""
    now = timezone.now()
    free = Q(status=DncFileStatus.QUEUED) | Q(
        status=DncFileStatus.LOADING, touched_at__lt=now - DEAD_AFTER
    )
    taken = DncFile.objects.filter(free, pk=file.pk).update(
        status=DncFileStatus.LOADING, touched_at=now, position=0, numbers=0, problem=""
    )
    file.refresh_from_db()
    return taken == 1


class _TakenOver(DncRefused):
    """This run was taken for dead, and another one has the file now."""


class _Import:
    """One run over one file; `touched_at` is also the proof that the file is still ours."""

    def __init__(self, file: DncFile, actor: str, progress: Progress | None) -> None:
        self.file, self.actor, self.progress = file, actor, progress
        self.gathered: dict[str, tuple[DncVersion, Blocks]] = {}
        self.told_at = 0.0

    def run(self, opened: IO[bytes]) -> None:
        self._begin(opened)
        take = self._gather
        if self.file.source == INTERNAL:
            for _batch in read_batches(opened, self.file.name):
                pass  # the whole file must be sound before its first number counts
            take = self._take_in
        for batch in read_batches(opened, self.file.name):
            take(batch)
            self.file.numbers += len(batch.numbers)
            if time.monotonic() - self.told_at > TELL_EVERY:
                self._tell(opened.tell())
        self._write()
        self._finish()

    def _begin(self, opened: IO[bytes]) -> None:
        for version in self.file.versions.filter(status=DncStatus.LOADING):
            versions.refuse(version, reason="Begun anew.", actor=self.actor)
        opened.seek(0)
        self.file.sha256 = hashlib.file_digest(opened, "sha256").hexdigest()  # type: ignore[arg-type]
        self.file.size = opened.seek(0, os.SEEK_END)
        opened.seek(0)
        self.file.save(update_fields=["sha256", "size"])
        before = DncFile.objects.filter(
            sha256=self.file.sha256, source=self.file.source, list_date=self.file.list_date,
            status__in=[DncFileStatus.LOADED, DncFileStatus.WAITING],
        ).first()  # fmt: skip
        if before is not None:
            raise AlreadyImported(
                f"This file was imported already, on {before.handed_in_at:%d %b %Y} by "
                f"{before.handed_in_by}: nothing to do."
            )

    def _take_in(self, batch: Batch) -> None:
        internal.take_in(batch.numbers, file=self.file, actor=self.actor)

    def _gather(self, batch: Batch) -> None:
        area_code = batch.area_code if self.file.source == NATIONAL else ""
        if area_code not in self.gathered:
            self.gathered[area_code] = (self._new_version(area_code), Blocks())
        version, gathered = self.gathered[area_code]
        if batch.area_code not in version.covers:
            version.covers.append(batch.area_code)
        gathered.add(batch.numbers)
        if sum(len(one) for _version, one in self.gathered.values()) > MOST_BLOCKS:
            self._write()

    def _new_version(self, area_code: str) -> DncVersion:
        version = DncVersion(
            file=self.file, source=self.file.source, area_code=area_code,
            list_date=self.file.list_date, san=self.file.san,
        )  # fmt: skip
        versions.check_newer(version, versions.in_force(version.source, area_code))
        version.save()
        return version

    def _write(self) -> None:
        for version, gathered in self.gathered.values():
            versions.store(version, gathered.take())

    def _tell(self, position: int) -> None:
        """A sign of life; stops where the file is no longer ours."""
        self.told_at = time.monotonic()
        ours = DncFile.objects.filter(
            pk=self.file.pk, status=DncFileStatus.LOADING, touched_at=self.file.touched_at
        )
        self.file.position, self.file.touched_at = position, timezone.now()
        if not ours.update(
            position=position, numbers=self.file.numbers, touched_at=self.file.touched_at
        ):
            for version, _gathered in self.gathered.values():
                versions.drop_numbers(version)
            raise _TakenOver(f"{self.file} was taken for dead and is imported by another run.")
        if self.progress:
            self.progress(self.file)

    def _finish(self) -> None:
        """Everything takes effect, or is held back, in one transaction."""
        counted = [
            (version, versions.count_numbers(version)) for version, _ in self.gathered.values()
        ]
        with transaction.atomic():
            self._tell(self.file.size)
            waiting = [reason for one, count in counted if (reason := self._decide(one, count))]
            self.file.status = DncFileStatus.WAITING if waiting else DncFileStatus.LOADED
            self.file.problem, self.file.finished_at = "\n".join(waiting), timezone.now()
            self.file.save(update_fields=["status", "problem", "finished_at"])
            audit.append("dnc.loaded", self.file, actor=self.actor, data=_described(self.file))

    def _decide(self, version: DncVersion, numbers: int) -> str:
        """Put it in force, or hold it: returns why."""
        version.numbers = numbers
        version.save(update_fields=["numbers", "covers"])
        reason = versions.doubt(version, versions.in_force(version.source, version.area_code))
        if reason:
            versions.hold(version, reason=reason, actor=self.actor)
            return f"{capital(versions.described(version))}: {reason}"
        versions.activate(version, actor=self.actor)
        return ""


def _give_up(file: DncFile, problem: str, *, actor: str) -> None:
    with transaction.atomic():
        for version in file.versions.filter(status=DncStatus.LOADING):
            versions.refuse(version, reason=problem, actor=actor)
        _fail(file, problem, actor=actor)


def _fail(file: DncFile, problem: str, *, actor: str) -> None:
    file.status, file.problem, file.finished_at = DncFileStatus.FAILED, problem, timezone.now()
    file.save(update_fields=["status", "problem", "finished_at"])
    audit.append("dnc.refused", file, actor=actor, reason=problem, data=_described(file))


def sweep() -> int:
    """Mark imports that died long ago refused and drop what they had written; how many."""
    long_ago = timezone.now() - 30 * DEAD_AFTER
    dead = DncFile.objects.filter(status=DncFileStatus.LOADING, touched_at__lt=long_ago)
    for file in dead:
        _give_up(
            file,
            "The import was cut off; the list in force stayed in force. Import the file again.",
            actor="dnc",
        )
    return len(dead)
