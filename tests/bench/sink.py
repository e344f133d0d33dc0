"""A small SMTP server in a process of its own, so that it does not share our interpreter."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event

from config.demo.processes import free_port


@contextmanager
def sink_process(delay: float = 0.0) -> Iterator[int]:
    """Yields the port; every reply of the server waits `delay` seconds."""
    port = free_port(0)
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_serve, args=(port, delay, ready), daemon=True)
    process.start()
    ready.wait(20)
    try:
        yield port
    finally:
        process.terminate()
        process.join(5)


def _serve(port: int, delay: float, ready: Event) -> None:
    asyncio.run(_run(port, delay, ready))


async def _run(port: int, delay: float, ready: Event) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(words: bytes) -> None:
            if delay:
                await asyncio.sleep(delay)
            writer.write(words)
            await writer.drain()

        try:
            await say(b"220 sink\r\n")
            while line := await reader.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    await say(b"354 go\r\n")
                    await reader.readuntil(b"\r\n.\r\n")
                    await say(b"250 taken\r\n")
                elif word == b"QUIT":
                    await say(b"221 bye\r\n")
                    break
                else:
                    await say(b"250 ok\r\n")
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", port, limit=2**24)
    ready.set()
    async with server:
        await server.serve_forever()
