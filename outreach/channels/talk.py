"""A hand-over told step by step, so that one thread can carry on several of them."""

from collections.abc import Generator
from socket import socket
from typing import TypeVar

T = TypeVar("T")
# Yields the socket an answer is awaited from; is resumed once there is something to read, or
# gets a TimeoutError thrown in. Ends with what came of it.
Talk = Generator[socket, None, T]


def finish(talk: Talk[T]) -> T:
    """Carry one talk on to its end, waiting wherever it waits."""
    while True:
        try:
            next(talk)
        except StopIteration as ended:
            return ended.value  # type: ignore[no-any-return]
