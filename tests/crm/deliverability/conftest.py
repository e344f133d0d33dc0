"""A name server on loopback, spoken to by UDP like any other, with domains of every kind."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import dns.resolver
import pytest
from dnslib import QTYPE, RCODE, RR
from dnslib.server import BaseResolver, DNSLogger, DNSServer

ZONE = {
    "good.aero": "good.aero. 60 IN MX 10 mx.good.aero.",
    "gmail.com": "gmail.com. 60 IN MX 5 mx.gmail.com.",
    "null.aero": "null.aero. 60 IN MX 0 .",
    "host.aero": "host.aero. 60 IN A 192.0.2.1",
    "six.aero": "six.aero. 60 IN AAAA 2001:db8::1",
    "bare.aero": 'bare.aero. 60 IN TXT "nothing here takes mail"',
}
SLOW = "slow.aero"
FAILING = "failing.aero"


class Names(BaseResolver):
    """Answers from ZONE; everything else does not exist. `asked` is every question, in order."""

    def __init__(self) -> None:
        self.zone = dict(ZONE)
        self.asked: list[str] = []
        self.lies = False  # finds every name, as some networks do

    def resolve(self, request: Any, handler: Any) -> Any:
        name, kind = str(request.q.qname).rstrip("."), QTYPE[request.q.qtype]
        self.asked.append(name)
        reply = request.reply()
        if name == SLOW:
            time.sleep(1.5)
        if name == FAILING:
            reply.header.rcode = RCODE.SERVFAIL
        elif name not in self.zone and not self.lies:
            reply.header.rcode = RCODE.NXDOMAIN
        else:
            record = self.zone.get(name, f"{name}. 60 IN A 192.0.2.9")
            if f" {kind} " in record:
                reply.add_answer(*RR.fromZone(record))
        return reply


@pytest.fixture
def names() -> Iterator[Any]:
    """The server's names; `names.server` is where it listens."""
    found = Names()
    server = DNSServer(found, address="127.0.0.1", port=0, logger=DNSLogger("-request,-reply"))
    found.port = server.server.server_address[1]  # type: ignore[attr-defined]
    # Its own thread looks every half second whether it shall end.
    threading.Thread(target=server.server.serve_forever, args=(0.01,), daemon=True).start()
    yield found
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def resolver(names: Any) -> dns.resolver.Resolver:
    made = dns.resolver.Resolver(configure=False)
    made.nameservers, made.port = ["127.0.0.1"], names.port
    made.timeout, made.lifetime = 0.5, 1.0
    return made
