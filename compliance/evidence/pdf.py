"""The evidence as a PDF: paged, with nothing fetched from anywhere."""

import ctypes
from typing import Any, NoReturn

from django.template.loader import render_to_string

from compliance.evidence.document import Evidence

# What weasyprint loads at import, by the names it has on Debian and on macOS.
LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
}
INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0"


class EvidenceError(Exception):
    """The evidence cannot be handed out that way; the message says what to do."""


def missing_libraries() -> list[str]:
    """The system libraries without which no PDF can be made."""
    return [title for title, names in LIBRARIES.items() if not any(map(_loads, names))]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def render_pdf(evidence: Evidence) -> bytes:
    """The document; raises EvidenceError where Pango is missing."""
    return pdf_of(page_of(evidence))


def pdf_of(page: str) -> bytes:
    """A page of HTML as PDF; raises EvidenceError where Pango is missing."""
    if missing := missing_libraries():
        raise EvidenceError(f"PDF needs {' and '.join(missing)}: {INSTALL}.")
    from weasyprint import HTML  # half a second and 40 MB: only those who export pay

    document = HTML(string=page, url_fetcher=_refusing_fetcher())
    content: bytes = document.write_pdf()
    return content


def page_of(evidence: Evidence) -> str:
    """The document before it is paged."""
    return render_to_string("compliance/evidence.html", {"evidence": evidence})


def _refusing_fetcher() -> Any:
    """Words in the evidence were written by strangers: nothing they name is ever opened."""
    from weasyprint.urls import URLFetcher

    class RefusingFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> NoReturn:
            raise ValueError(f"Evidence fetches nothing: {url[:80]}")

    return RefusingFetcher(allowed_protocols=())
