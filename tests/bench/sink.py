"""A small SMTP server in a process of its own, so that it does not share our interpreter."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event

from config.demo.processes import free_port

# What Postfix, Exim and Exchange announce as they are installed.
USUAL = ("PIPELINING", "SIZE 52428800", "8BITMIME")


@contextmanager
def sink_process(delay: float = 0.0, extensions: tuple[str, ...] = ()) -> Iterator[int]:
    """Yields the port; every reply waits `delay` seconds, EHLO is told of the `extensions`."""
    port = free_port(0)
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_serve, args=(port, delay, extensions, ready), daemon=True)
    process.start()
    ready.wait(20)
    try:
        yield port
    finally:
        process.terminate()
        process.join(5)


def _serve(port: int, delay: float, extensions: tuple[str, ...], ready: Event) -> None:
    asyncio.run(_run(port, delay, extensions, ready))


async def _run(port: int, delay: float, extensions: tuple[str, ...], ready: Event) -> None:
    hello = ["sink", *extensions]
    greeting = "".join(f"250-{line}\r\n" for line in hello[:-1]) + f"250 {hello[-1]}\r\n"

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
                if word == b"EHLO":
                    await say(greeting.encode())
                elif word == b"DATA":
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
