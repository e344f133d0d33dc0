"""A road to the test's PostgreSQL that can be cut, as when a server restarts or fails over."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import connection


def _server() -> socket.socket:
    options = connection.settings_dict
    host, port = str(options["HOST"]), options["PORT"] or 5432
    if host.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.connect(f"{host}/.s.PGSQL.{port}")
        return line
    return socket.create_connection((host, int(port)))


class Road:
    """Listens on 127.0.0.1:`port`, once opened, and carries bytes to the server until it is cut."""

    def __init__(self) -> None:
        self.port = 0
        self.open = False
        self._door: socket.socket | None = None
        self._lines: set[socket.socket] = set()
        self._lock = threading.Lock()

    def mend(self) -> None:
        """Let connections through (again)."""
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", self.port))
        door.listen(64)
        self.port = door.getsockname()[1]
        self.open, self._door = True, door
        threading.Thread(target=self._accept, args=(door,), daemon=True).start()

    def cut(self) -> None:
        """Every connection breaks at once, and new ones are refused."""
        self.open = False
        if self._door:
            with suppress(OSError):
                self._door.shutdown(socket.SHUT_RDWR)
            self._door.close()
        with self._lock:
            lines, self._lines = self._lines, set()
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self, door: socket.socket) -> None:
        while True:
            try:
                near, _address = door.accept()
            except OSError:
                return
            far = _server()
            with self._lock:
                if not self.open:
                    near.close()
                    far.close()
                    return
                self._lines |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for line in (source, sink):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._lines -= {source, sink}


@contextmanager
def road() -> Iterator[Road]:
    """An open road; it and all that travels on it are gone afterwards."""
    built = Road()
    built.mend()
    try:
        yield built
    finally:
        built.cut()
