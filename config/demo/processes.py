"""Runs web, worker and town side by side, and stops them all together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

import structlog

log = structlog.get_logger(__name__)
BASE_DIR = Path(__file__).resolve().parent.parent.parent
STOP_SECONDS = 10


class Stopped(Exception):
    """Raised in the main thread when the person or the system asks to stop."""


def free_port(preferred: int) -> int:
    """`preferred` if nobody listens there, else any free loopback port."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("There is no free port on 127.0.0.1.")


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port."""
    return free_port(port) == port


def run_together(commands: Mapping[str, list[str]], environment: Mapping[str, str]) -> int:
    """Start every command; when one ends or the person stops us, stop the rest.

    Each runs in a process group of its own, so that Ctrl-C reaches them in order through us and
    the worker may finish what it holds. Returns 0 when asked to stop, 1 when a process died.
    """
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            running[name] = subprocess.Popen(
                command, cwd=BASE_DIR, env={**os.environ, **environment}, start_new_session=True
            )
        while True:
            for name, process in running.items():
                if process.poll() is not None:
                    log.error("demo_process_ended", name=name, code=process.returncode)
                    return 1
            time.sleep(0.5)
    except Stopped:
        return 0
    finally:
        _end(running)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


def _end(running: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def web_command(port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi:application",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
        "--threads",
        "8",
        "--log-level",
        "warning",
    ]


def manage_command(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]
