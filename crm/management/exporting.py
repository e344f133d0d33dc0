"""What commands that hand lists out share: where to, in whose name, and the ledger before rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.contrib.auth.models import User
from django.core.management import CommandError

from compliance import audit
from compliance.actors import UnknownActorError, acting_user


def who_may(username: str, permission: str) -> User:
    """The person in whose name a list is handed out; CommandError if they may not."""
    try:
        return acting_user(username, permission=permission)
    except UnknownActorError as refusal:
        raise CommandError(str(refusal)) from refusal


@contextmanager
def handed_out(
    act: audit.Act, file: Path | None, screen: Any, *, actor: str, encoding: str = "utf-8"
) -> Iterator[IO[str]]:
    """The file to write the rows to, or the screen; that they left stands in the ledger first.

    CommandError for a file that cannot be written; one that cannot be opened is no act.
    """
    if file is None:
        audit.append_many([act], actor=actor)
        yield cast(IO[str], screen)
        return
    try:
        with file.open("w", encoding=encoding, newline="") as out:
            audit.append_many([act], actor=actor)
            yield out
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
