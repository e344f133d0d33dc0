"""Inbound webhooks: how fast one is accepted, and whether a burst is stored whole.

A real web server, which reads what it hears at once, and a real cluster beside it.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from django.core.management import call_command

from outreach.models import Message, ProviderEvent
from tests.bench.bench_stopping import post, written_to
from tests.bench.rows import Row, at_most
from tests.cluster import running_cluster
from tests.web_server import Web, running_web

REPLIES, WARM_UP, CALLERS = 100, 5, 10
LIMIT_MS = 50
WORDS = "We can do it for $38,500 all in. " * 20


def run() -> list[Row]:
    """A hundred replies one after the other, then as many from ten callers at once."""
    call_command("createcachetable", "django_cache")
    asked = written_to(WARM_UP + 2 * REPLIES)
    with running_web() as web, running_cluster():
        for _ in range(WARM_UP):  # a server's first requests pay for what it compiles once
            _accepted(web, asked.pop())
        before = ProviderEvent.objects.count()
        single = [_accepted(web, asked.pop()) for _ in range(REPLIES)]
        with ThreadPoolExecutor(CALLERS) as callers:
            burst = list(callers.map(lambda one: _accepted(web, one), asked))
        stored = ProviderEvent.objects.count() - before
    p95, crowded = (statistics.quantiles(taken, n=20)[-1] for taken in (single, burst))
    share = stored / (2 * REPLIES)
    return [
        at_most("inbound webhook accepted, p95", f"{p95:.1f} ms", p95, LIMIT_MS, "ms"),
        Row(f"inbound: {REPLIES} in a burst, {CALLERS} callers, p95", f"{crowded:.0f} ms"),
        Row("inbound: stored of all that came", f"{stored}", share, "= 1", share == 1),
    ]


def _accepted(web: Web, asked: Message) -> float:
    """Milliseconds until the provider is told that its mail is taken."""
    start = time.perf_counter()
    post(web, asked, WORDS)
    return (time.perf_counter() - start) * 1000
