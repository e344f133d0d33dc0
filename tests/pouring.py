"""The body of an upload as large as one likes: made as it is read, and counted."""

import io
from typing import Any

from django.test import Client

MARK = "pouring"


class Pouring(io.RawIOBase):
    """A form with these fields and a list of `size` bytes; `read_so_far` tells who read it."""

    def __init__(self, size: int, **fields: str) -> None:
        part = f"--{MARK}\r\nContent-Disposition: form-data; name="
        text = "".join(f'{part}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
        text += f'{part}"file"; filename="all.csv"\r\nContent-Type: text/csv\r\n\r\nemail\n'
        self.head, self.size, self.read_so_far = io.BytesIO(text.encode()), size, 0

    def read(self, count: int = -1) -> bytes:
        """The fields, then as many lines as are asked for."""
        found = self.head.read(count) or b"pat@sky.example\n" * (count // 16 + 1)
        self.read_so_far += len(found)
        return found[:count]

    def send(self, client: Client, path: str, key: str = "") -> Any:
        """Post it as a browser or program does, with its length told."""
        return client.request(
            REQUEST_METHOD="POST", PATH_INFO=path, CONTENT_LENGTH=str(self.size),
            CONTENT_TYPE=f"multipart/form-data; boundary={MARK}", HTTP_AUTHORIZATION=key,
            **{"wsgi.input": self},
        )  # fmt: skip
