"""A program that listens: a real HTTP server on the loopback, answering as the test says."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Heard:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """`answers` are statuses for the next requests, the last one for all that follow."""

    url: str
    answers: list[int] = field(default_factory=lambda: [200])
    heard: list[Heard] = field(default_factory=list)
    words: bytes = b"thanks"
    slow: float = 0.0
    location: str = ""
    encoding: str = ""


@contextmanager
def listening() -> Iterator[Listener]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    listener = Listener(f"http://127.0.0.1:{server.server_port}/hook")
    server.RequestHandlerClass = _handler(lambda: listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(of: Callable[[], Listener]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            listener = of()
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            listener.heard.append(Heard(self.path, headers, body))
            time.sleep(listener.slow)
            status = listener.answers.pop(0) if len(listener.answers) > 1 else listener.answers[0]
            self.send_response(status)
            if listener.location:
                self.send_header("location", listener.location)
            if listener.encoding:
                self.send_header("content-encoding", listener.encoding)
            self.send_header("content-length", str(len(listener.words)))
            self.end_headers()
            self.wfile.write(listener.words)

        def log_message(self, *_args: object) -> None:
            pass

    return Handler
