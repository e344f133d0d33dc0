"""The whole desk as a person meets it: real server, real worker, the town, a real browser."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from config.demo.processes import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = ROOT / "var" / "screenshots"
START_SECONDS = 240


@dataclass(frozen=True)
class Desk:
    """A running demo: its address, and the log to look at when something is wrong."""

    url: str
    log: Path
    environment: dict[str, str]

    def type_in(self, *words: str) -> str:
        """What `manage.py` answers on this desk's database."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for the journeys that share it."""
    with running_desk(tmp_path_factory.mktemp("desk")) as found:
        yield found


@contextmanager
def running_desk(folder: Path) -> Iterator[Desk]:
    """`manage.py demo run` on a database of its own, with vendors answering five times as fast."""
    port = free_port(0)
    log = folder / "desk.log"
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'desk.sqlite3'}",
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "manage.py", "demo", "run", "--port", str(port), "--pace", "0.2"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/readyz", process, log)
            yield Desk(f"http://127.0.0.1:{port}", log, environment)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    last = ""
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            answer = httpx2.get(url, timeout=5)
            last = answer.text
            if answer.status_code == 200:
                return
        except httpx2.HTTPError as error:
            last = repr(error)
        time.sleep(0.5)
    pytest.fail(f"The desk did not get ready ({last}):\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """The system's Chromium, headless; skipped with a message where there is none.

    Its event loop runs in this very thread, so it ends before tests of other modules begin.
    """
    if CHROMIUM is None:
        pytest.skip("No Chromium is installed: `apt-get install chromium` runs the journeys.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
