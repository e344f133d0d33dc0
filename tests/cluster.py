"""A real `manage.py qcluster` on the test's database, in a process group of its own."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

NOTHING: Mapping[str, str] = {}
ROOT = Path(__file__).resolve().parents[1]


def database_url(port: int = 0) -> str:
    """The test database as a process of its own reaches it; with a port, over 127.0.0.1."""
    options = connection.settings_dict
    host, name, user = str(options["HOST"]), options["NAME"], options["USER"]
    if port:
        return f"postgres://{user}@127.0.0.1:{port}/{name}"
    if host.startswith("/"):
        return f"postgres://{user}@/{host}/{name}"
    return f"postgres://{user}@{host}:{options['PORT']}/{name}"


class Cluster:
    """The product's own settings throughout; only leases are short, so that tests are."""

    def __init__(
        self,
        *,
        smtp_port: int = 1,
        database: str = "",
        workers: int = 2,
        log: IO[str] | int = subprocess.DEVNULL,
        extra: Mapping[str, str] = NOTHING,
    ) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database or database_url(),
            "SECRET_KEY": settings.SECRET_KEY,
            "WORKERS": str(workers),
            "EMAIL_PROVIDER": "smtp",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(smtp_port),
            "EMAIL_TIMEOUT": "1",
            "SEND_LEASE_SECONDS": "1",
            **extra,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "manage.py", "qcluster"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        """As the out-of-memory killer or a power cut would: all of it at once."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> int:
        """Ask it to stop in an orderly way; returns its exit code."""
        self.process.terminate()
        return self.process.wait(60)


@contextmanager
def running_cluster(**options: object) -> Iterator[Cluster]:
    """A cluster that is gone afterwards, whatever happened."""
    with tempfile.TemporaryFile("w+") as log:
        cluster = Cluster(log=log, **options)  # type: ignore[arg-type]
        try:
            yield cluster
        except BaseException:
            log.seek(0)
            print("What the cluster said last:", *log.readlines()[-100:], sep="\n")
            raise
        finally:
            cluster.kill()


def wait_for(condition: Callable[[], bool], seconds: float = 60, what: str = "it") -> None:
    """Look every 50 ms; fails when `seconds` pass and it has not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} s"
        time.sleep(0.05)
