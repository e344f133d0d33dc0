"""The shared door of `contact merge` and `company merge`, and of the list of likely pairs."""

import json
from collections.abc import Iterable, Mapping
from typing import IO, Annotated, Any, cast
from uuid import UUID

import typer
from django.core.management import CommandError
from django.db import transaction
from rich.console import Console
from rich.table import Table

from compliance.actors import UnknownActorError, acting_user
from crm.errors import CrmError
from crm.merge import describe
from crm.merging.near import Pair
from crm.models import MergeRecord

MERGE = "crm.merge_records"
DryMerge = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; keep nothing.")]
Most = Annotated[int, typer.Option(min=1, max=100_000, help="At most so many, the surest first.")]


def merge(
    command: Any, find: Any, act: Any, one: str, other: str, *, user: str, dry_run: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Merge `other` into `one`, as `find(words)` finds them, by `act`; print what came of it."""
    try:
        actor = acting_user(user, permission=MERGE).get_username()
        kept, gone = find(one), find(other)
        with transaction.atomic():
            record: MergeRecord = act(kept.pk, gone.pk, actor=actor)
            told = describe(record)
            transaction.set_rollback(dry_run)
    except (CrmError, UnknownActorError) as refusal:
        raise CommandError(str(refusal)) from refusal
    if as_json:
        command.stdout.write(json.dumps({**told, "dry_run": dry_run}, ensure_ascii=False))
        return
    would = "would live on" if dry_run else "lives on"
    lines = [f"{gone} {would} in {kept}.", *(f"{n} {what}" for what, n in told["moved"].items())]
    command.stdout.write("\n".join([*lines, *told["told"]]))


def show_pairs(
    command: Any, pairs: Iterable[Pair], names: Mapping[UUID, str], *, as_json: bool
) -> None:
    """Print pairs that may be one; nothing is changed."""
    rows: list[dict[str, Any]] = [
        {"score": pair.score, "reasons": pair.reasons,
         "ids": [str(pair.one), str(pair.other)], "names": [names[pair.one], names[pair.other]]}
        for pair in pairs
    ]  # fmt: skip
    if as_json:
        command.stdout.write(json.dumps(rows, ensure_ascii=False))
        return
    if not rows:
        command.stdout.write("Nobody looks like somebody else.")
        return
    table = Table("Sure", "Name", "Id", "Why")
    for row in rows:
        table.add_row(
            str(row["score"]), "\n".join(row["names"]), "\n".join(row["ids"]),
            "\n".join(row["reasons"]),
        )  # fmt: skip
    Console(file=cast(IO[str], command.stdout), markup=False, highlight=False).print(table)
