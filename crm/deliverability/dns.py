"""Asks the name system whether a domain takes mail, of a resolver that was proved first.

A host without name servers sees every domain as dead, and some networks answer for names that do
not exist: neither may cost anybody their address.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import dns.exception
import dns.name
import dns.resolver
from django.conf import settings
from dns.rdatatype import RdataType

from crm.choices import Deliverability

KNOWN_GOOD = ("gmail.com", "outlook.com", "yahoo.com")
# Kept for examples and tests (RFC 2606, RFC 6761): the name system has nothing to say of them.
RESERVED = ("example", "test", "invalid", "localhost", "local")
RESERVED_DOMAINS = ("example.com", "example.net", "example.org")


@dataclass(frozen=True, slots=True)
class Finding:
    """What the name system says of a domain, and why, in words."""

    verdict: Deliverability
    reason: str


def make_resolver() -> dns.resolver.Resolver:
    """The host's resolver, or the name servers the settings name; NoResolverConfiguration."""
    servers = list(settings.DNS_NAMESERVERS)
    resolver = dns.resolver.Resolver(configure=not servers)
    if servers:
        resolver.nameservers = servers
    resolver.timeout = min(2.0, settings.DNS_SECONDS)
    resolver.lifetime = settings.DNS_SECONDS
    return resolver


def is_proved(resolver: dns.resolver.Resolver, *, good: Sequence[str] = KNOWN_GOOD) -> bool:
    """A domain that takes mail must be found, one that cannot exist must not."""
    nowhere = f"no-such-{uuid.uuid4().hex}.com"
    if ask(nowhere, resolver).verdict is not Deliverability.UNDELIVERABLE:
        return False
    return any(ask(name, resolver).verdict is Deliverability.DELIVERABLE for name in good)


def ask(domain: str, resolver: dns.resolver.Resolver) -> Finding:
    """Whether the domain takes mail (RFC 5321, 5.1; RFC 7505); never raises for what it hears."""
    if is_reserved(domain):
        return Finding(Deliverability.UNKNOWN, "The name is kept for examples and tests.")
    try:
        answer = resolver.resolve(domain, RdataType.MX, search=False)
    except dns.resolver.NXDOMAIN:
        return Finding(Deliverability.UNDELIVERABLE, "There is no such domain.")
    except dns.resolver.NoAnswer:
        return _by_address(domain, resolver)
    except dns.exception.Timeout:
        return Finding(Deliverability.UNKNOWN, "Its name servers did not answer in time.")
    except (dns.name.LabelTooLong, dns.name.NameTooLong, dns.name.EmptyLabel):
        return Finding(Deliverability.UNDELIVERABLE, "This cannot be the name of a domain.")
    except dns.exception.DNSException as error:
        return Finding(Deliverability.UNKNOWN, f"Its name servers fail: {type(error).__name__}.")
    hosts = [record.exchange for record in answer]
    if all(host == dns.name.root for host in hosts):
        return Finding(Deliverability.UNDELIVERABLE, "The domain says that it takes no mail.")
    return Finding(Deliverability.DELIVERABLE, "The domain takes mail.")


def _by_address(domain: str, resolver: dns.resolver.Resolver) -> Finding:
    """Without an MX the domain's own host takes its mail, if it has an address."""
    for kind in (RdataType.A, RdataType.AAAA):
        try:
            resolver.resolve(domain, kind, search=False)
        except (dns.resolver.NoAnswer, dns.resolver.NXDOMAIN):
            continue
        except dns.exception.DNSException:
            return Finding(Deliverability.UNKNOWN, "Its name servers did not answer in time.")
        return Finding(Deliverability.DELIVERABLE, "It names no mail server; its own host may be.")
    return Finding(Deliverability.UNDELIVERABLE, "The domain has neither mail server nor address.")


def is_reserved(domain: str) -> bool:
    """A name that stands for nobody, such as those of the demo."""
    bare = domain.rstrip(".").lower()
    return bare.rpartition(".")[2] in RESERVED or any(
        bare == name or bare.endswith(f".{name}") for name in RESERVED_DOMAINS
    )
