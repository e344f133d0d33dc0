"""Lists that came through the browser or the API: kept, looked at, checked, applied by a worker.

The row is the truth: a task may run twice or never. A worker claims a run, each portion is kept
with its counts under that claim, and what a dead worker left is taken on behind what is counted.
"""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from compliance import audit
from compliance.waking import wake
from crm.errors import CrmError
from crm.imports import profiles
from crm.imports.batches import OvertakenError, as_read, finish, open_batch
from crm.imports.kinds import KINDS
from crm.imports.opening import LARGEST_FILE
from crm.imports.plan import Plan, read_plan
from crm.imports.portion import Run
from crm.imports.problems import BadFileError
from crm.imports.rejects import COUNTED
from crm.imports.run import open_list, take_in
from crm.imports.seen import Seen
from crm.imports.table import Table, open_table
from crm.models import ImportBatch, ImportProfile, RejectedRow
from crm.models.imported import MOVING_STATES, WAITING_STATES, ImportState

log = structlog.get_logger(__name__)
SLICE = 200  # seconds a task works before it passes the rest on; the queue ends it at 300
DEAD_AFTER = timedelta(seconds=60)  # without a sign of life
PATIENCE = timedelta(minutes=2)  # after which the queue is thought to have forgotten a run
GONE = "The file is no longer there; upload it again."
CHUNK = 1024 * 1024


def receive(
    uploaded: File,
    kind: str,
    *,
    actor: str,
    session_key: str = "",
    plan: Plan | None = None,
    profile: ImportProfile | None = None,
) -> ImportBatch:
    """Keep an uploaded list and see what its columns are; nothing of it is taken in yet.

    A `profile`, else the one of a list with this very header, is laid over the plan. Raises
    BadFileError for what is no table or too large; nothing is kept then.
    """
    check_size(uploaded.size or 0)
    name = PurePosixPath((uploaded.name or "list").replace("\\", "/")).name[-100:] or "list"
    key = session_key.strip()[:80] or _digest(uploaded)
    batch = open_batch(
        key, kind=kind, actor=actor[:150], file_name=name, state=ImportState.UPLOADED,
        size=uploaded.size or 0,
    )  # fmt: skip
    try:
        batch.upload.save(f"{batch.pk}/{name}", uploaded)
        with local_copy(batch) as path:
            table, plan, profile = _look(path, kind, plan or Plan(), profile)
        values: dict[str, Any] = {**as_read(table), "plan": plan.as_data(), "profile": profile}
        for field, value in values.items():
            setattr(batch, field, value)
        batch.save(update_fields=list(values))
    except BaseException:
        _drop_file(batch)
        ImportBatch.objects.filter(pk=batch.pk).delete()
        raise
    audit.append("import.uploaded", batch, actor=actor, data={"kind": kind, "size": batch.size})
    return batch


def check_size(size: int) -> None:
    """BadFileError for a file larger than one may upload."""
    if size > settings.IMPORT_MAX_BYTES:
        raise BadFileError(too_large())


def too_large() -> str:
    """The words for a file larger than one may upload."""
    return (
        f"The file is larger than {settings.IMPORT_MAX_BYTES / 1024**2:,.0f} MB. Split it (each "
        "part needs the row of headings), or take it in with manage.py, which reads files of up to "
        f"{LARGEST_FILE // 1024**3} GB."
    )


def _look(
    path: Path, kind: str, plan: Plan, profile: ImportProfile | None
) -> tuple[Table, Plan, ImportProfile | None]:
    """The table as it is understood, with the plan that says so; headings may all be unknown."""
    known = KINDS[kind]
    try:
        table = open_table(path, known.fields, example=known.example, plan=plan)
    except BadFileError:
        if plan.headings is not None or plan.fields is not None:
            raise
        plan = replace(plan, headings=True)  # a person can say what the columns are
        table = open_table(path, known.fields, example=known.example, plan=plan)
        if not next(table.rows, None):
            raise
    profile = profile or profiles.find_for(kind, table.header)
    if profile is not None:
        plan = replace(profiles.lay_over(profile, table.header, plan), profile=profile.name)
        table = open_table(path, known.fields, example=known.example, plan=plan)
    fields = tuple(table.fields)
    return table, replace(plan, fields=fields, named={}), profile


def first_rows(batch: ImportBatch, count: int) -> list[tuple[str, ...]]:
    """The first rows as they stand in the file, for a person to look at."""
    with local_copy(batch) as path:
        known = KINDS[batch.kind]
        plan = read_plan(batch.plan)
        table = open_table(path, known.fields, example=known.example, plan=plan)
        return [row.raw for row, _ in zip(table.rows, range(count), strict=False)]


def choose(
    batch: ImportBatch,
    plan: Plan,
    *,
    actor: str,
    profile_name: str = "",
    dry_run: bool = True,
) -> None:
    """Set how the columns are read, and have a worker check the whole list (or take it in).

    Raises BadFileError for columns that cannot do, CrmError where the list is past that.
    """
    if not batch.upload:
        raise BadFileError(GONE)
    with local_copy(batch) as path:
        table = open_list(path, batch.kind, plan)
    with transaction.atomic():
        if profile_name.strip():
            batch.profile = profiles.remember(
                profile_name, batch.kind, table.header, table.fields, defaults=plan.defaults,
                keep_unknown=plan.keep_unknown, actor=actor,
            )  # fmt: skip
            plan = replace(plan, profile=batch.profile.name)
        elif batch.profile:
            profiles.used(batch.profile)
        to = ImportState.CHECKING if dry_run else ImportState.RUNNING
        _start(
            batch, WAITING_STATES, to, actor=actor, plan=plan.as_data(),
            profile=batch.profile, **as_read(table),
        )  # fmt: skip


def apply(batch: ImportBatch, *, actor: str) -> None:
    """Have a worker take in what was checked; CrmError where there is nothing checked."""
    _start(batch, (ImportState.CHECKED,), ImportState.RUNNING, actor=actor)


@transaction.atomic
def go_on(batch: ImportBatch, *, actor: str) -> None:
    """Have a worker take on a run that failed, behind the rows that are in."""
    values = {"state": ImportState.RUNNING, "touched_at": timezone.now(), "problem": ""}
    failed = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.FAILED)
    if not failed.exclude(upload="").update(**values):
        raise CrmError("This import did not fail, or its file is gone: it cannot go on.")
    audit.append("import.resumed", batch, actor=actor)
    transaction.on_commit(lambda: queue(batch.pk))


@transaction.atomic
def discard(batch: ImportBatch, *, actor: str) -> None:
    """Throw an uploaded list away of which nothing was kept."""
    waiting = (ImportState.UPLOADED, ImportState.CHECKED)
    row = ImportBatch.objects.select_for_update().filter(pk=batch.pk, state__in=waiting).first()
    if row is None:
        raise CrmError("Only a list that was not applied can be thrown away; undo it instead.")
    audit.append("import.discarded", row, actor=actor, data={"kind": row.kind})
    transaction.on_commit(lambda: _delete(row.upload.name))
    row.delete()


@transaction.atomic
def _start(
    batch: ImportBatch, states: Sequence[str], to: ImportState, *, actor: str, **values: Any
) -> None:
    """From one of these states to work, from the first row on."""
    values |= dict.fromkeys(COUNTED, 0) | {"tally": {}}
    mine = ImportBatch.objects.filter(pk=batch.pk, state__in=states).exclude(upload="")
    if not mine.update(
        **values, state=to, actor=actor[:150], samples=[], problem="", worker="",
        touched_at=timezone.now(), finished_at=None,
    ):  # fmt: skip
        raise CrmError("This list has moved on meanwhile; look at it again.")
    RejectedRow.objects.filter(batch=batch).delete()
    audit.append(f"import.{to}", batch, actor=actor)
    batch.refresh_from_db()
    transaction.on_commit(lambda: queue(batch.pk))


def queue(batch_pk: UUID | str) -> None:
    """A broker that cannot be reached costs some minutes: the sweep finds the run."""
    wake("crm.tasks.take_in_list", str(batch_pk))


def work_off(batch_pk: UUID | str, *, seconds: float = SLICE) -> bool:
    """Take an upload on for some time; True if something is left to do for the next task.

    A refusal is kept on the row, where staff see it.
    """
    batch = _claim(batch_pk)
    if batch is None:
        return False
    try:
        if _take_on(batch, until=time.monotonic() + seconds):
            finish(batch, actor=batch.actor)
            return False
        return bool(_mine(batch).update(worker=""))
    except OvertakenError:
        return False
    except (CrmError, FileNotFoundError) as refusal:
        words = str(refusal) if isinstance(refusal, CrmError) else GONE
        _stop(batch, words)
        return False
    except DatabaseError:
        raise  # nobody can write down that it failed: the sweep takes it on
    except Exception:
        _stop(batch, "Something broke on our side and was recorded. What is in stays in; go on.")
        raise


def _take_on(batch: ImportBatch, *, until: float) -> bool:
    """True once the list is at its end."""
    plan = read_plan(batch.plan)
    dry_run = batch.state == ImportState.CHECKING
    with local_copy(batch) as path, closing(Seen()) as seen:
        table = open_list(path, batch.kind, plan)
        run = Run(plan, batch.file_name, batch.actor, seen, batch, dry_run)
        for _ in take_in(table, KINDS[batch.kind], run):
            if time.monotonic() > until:
                return False
    return True


def _claim(batch_pk: UUID | str) -> ImportBatch | None:
    """The run, if it waits for a worker or its own died."""
    now, token = timezone.now(), uuid4().hex
    free = Q(worker="") | Q(touched_at__lt=now - DEAD_AFTER)
    moving = ImportBatch.objects.filter(free, pk=batch_pk, state__in=MOVING_STATES)
    if not moving.exclude(upload="").update(worker=token, touched_at=now):
        return None
    return ImportBatch.objects.filter(pk=batch_pk, worker=token).first()


def _mine(batch: ImportBatch) -> Any:
    return ImportBatch.objects.filter(pk=batch.pk, state=batch.state, worker=batch.worker)


def _stop(batch: ImportBatch, words: str) -> None:
    """A check that failed goes back to its columns, a run waits to be taken on."""
    checking = batch.state == ImportState.CHECKING
    to = ImportState.UPLOADED if checking else ImportState.FAILED
    _mine(batch).update(state=to, problem=words, worker="", finished_at=timezone.now())
    log.info("import_stopped", batch=str(batch.pk), reason=words)


def requeue_forgotten() -> int:
    """Queue again what no worker has taken, or what a worker that died has left; how many."""
    now = timezone.now()
    left = Q(worker="", touched_at__lt=now - PATIENCE) | (
        ~Q(worker="") & Q(touched_at__lt=now - DEAD_AFTER)
    )
    moving = ImportBatch.objects.filter(left, state__in=MOVING_STATES).exclude(upload="")
    found = list(moving.values_list("pk", flat=True))
    for pk in found:
        queue(pk)
    return len(found)


def forget_files() -> int:
    """Throw away files and samples of lists that were uploaded too long ago; how many."""
    before = timezone.now() - timedelta(days=settings.IMPORT_KEEP_DAYS)
    old = ImportBatch.objects.filter(started_at__lt=before).exclude(upload="")
    gone = 0
    for batch in old.exclude(state__in=MOVING_STATES)[:100]:
        _drop_file(batch)
        ImportBatch.objects.filter(pk=batch.pk).update(upload="", samples=[])
        gone += 1
    return gone


@contextmanager
def local_copy(batch: ImportBatch) -> Iterator[Path]:
    """The upload as a file at hand, whatever storage keeps it."""
    try:
        here = Path(batch.upload.path)
    except NotImplementedError:
        here = None
    except ValueError as error:
        raise BadFileError(GONE) from error
    if here is not None:
        if not here.exists():
            raise BadFileError(GONE)
        yield here
        return
    with tempfile.TemporaryDirectory(prefix="attache-import-") as folder:
        path = Path(folder) / (batch.file_name or "list")
        with batch.upload.open("rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, CHUNK)
        yield path


def _drop_file(batch: ImportBatch) -> None:
    _delete(batch.upload.name)


def _delete(name: str | None) -> None:
    """The file and, where the storage has folders, its own."""
    if not name:
        return
    default_storage.delete(name)
    try:
        default_storage.delete(str(PurePosixPath(name).parent))
    except OSError:
        log.info("import_folder_left", name=name)


def _digest(uploaded: File) -> str:
    digest = hashlib.sha256()
    for chunk in uploaded.chunks(CHUNK):
        digest.update(chunk)
    uploaded.seek(0)
    return f"file-{digest.hexdigest()[:32]}"


def plan_from(batch: ImportBatch, chosen: Mapping[str, Any]) -> Plan:
    """The batch's plan with what a person chose, by the plan's own names."""
    return replace(read_plan(batch.plan), **chosen)
