"""What commands that take in a list have in common: in whose name, the progress, the report."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Protocol

from django.core.management import CommandError
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from compliance.actors import UnknownActorError, acting_user
from compliance.spreadsheets import BadFileError


class Report(Protocol):
    """What an import says of itself."""

    def as_data(self) -> Any:
        """For programs."""

    def as_lines(self, *, dry_run: bool) -> list[str]:
        """For people."""


TakeIn = Callable[[IO[bytes], str, Callable[[int], None]], Report]


def take_in_file(file: Path, take_in: TakeIn, *, user: str, permission: str) -> Report:
    """Let `take_in(source, actor, progress)` read the file; raises CommandError with the reason."""
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,} lines"))
    try:
        actor = acting_user(user, permission=permission).get_username()
        with (
            file.open("rb") as source,
            Progress(*columns, console=Console(stderr=True), transient=True) as bar,
        ):
            task = bar.add_task("Taking in", total=None)
            return take_in(source, actor, lambda done: bar.update(task, completed=done))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except (BadFileError, UnknownActorError) as refusal:
        raise CommandError(str(refusal)) from refusal


def words_of(report: Report, *, dry_run: bool, as_json: bool) -> str:
    """The report as the command prints it."""
    if as_json:
        return json.dumps(report.as_data(), ensure_ascii=False)
    return "\n".join(report.as_lines(dry_run=dry_run))
