"""What the worker runs for crm: thin doors that call one room each."""

from dataclasses import asdict

import structlog
from django.core.cache import cache

from crm.merging import candidates, strays

log = structlog.get_logger(__name__)
SEARCHING = "crm:searching-duplicates"
SEARCH_SECONDS = 900


def look_for_duplicates() -> None:
    """Compare all people and companies; a search that is under way already does for both."""
    if not cache.add(SEARCHING, 1, SEARCH_SECONDS):
        return
    try:
        for kind, search in (
            ("people", candidates.search_people), ("companies", candidates.search_companies),
        ):  # fmt: skip
            log.info("duplicates_searched", of=kind, **asdict(search()))
    finally:
        cache.delete(SEARCHING)


def gather_strays() -> None:
    """Move on what was written about somebody in the moment they were merged."""
    moved = strays.gather_strays()
    if moved:
        log.info("strays_gathered", rows=moved)
