"""Whose tries at the log-in are counted together: by the address they really come from."""

import ipaddress

from django.http import HttpRequest

from outreach.api.access import address_of


def client_address(request: HttpRequest) -> str | None:
    """The caller's address, behind the proxies we said we trust too; None for what is none.

    By the proxy's own address everybody would be the same caller: one stranger who guesses at a
    name's password would shut its owner out as well.
    """
    address = address_of(request)
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
