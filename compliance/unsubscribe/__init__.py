"""Unsubscribing by link: the token, the headers that carry it, the words, and the public page."""

from compliance.unsubscribe.footer import footer
from compliance.unsubscribe.headers import headers, page_url
from compliance.unsubscribe.tokens import make_token, read_token

__all__ = ["footer", "headers", "make_token", "page_url", "read_token"]
