"""Posts that come in pieces, with no length told: Django alone would take them for empty."""

import json
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
IN_MEMORY = PIECE = 1024 * 1024
WORDS = "This post comes in pieces and is too long for it. Say its length (Content-Length)."


def put_together(application: Application) -> Application:
    """The application behind a reader of such posts; 411 for one longer than POST_MAX_BYTES.

    A provider, or a proxy before us, may send so; its mail was stored without a word in it. What
    is longer is refused whole: a list cut off would be taken in as if it ended there.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        encoding = environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        if encoding != "chunked" or environ.get("CONTENT_LENGTH"):
            return application(environ, start_response)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            length = _copy(environ["wsgi.input"], body)
            if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                return _refuse(start_response)
            body.seek(0)
            environ |= {"wsgi.input": body, "CONTENT_LENGTH": str(length)}
            return application(environ, start_response)

    return answer


def _copy(source: Any, body: Any) -> int:
    length = 0
    while length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE and (piece := source.read(PIECE)):
        length += body.write(piece)
    return length


def _refuse(start_response: Any) -> list[bytes]:
    problem = {"title": "Length required", "status": 411, "detail": WORDS}
    start_response("411 Length Required", [("Content-Type", "application/problem+json")])
    return [json.dumps(problem).encode()]
