"""What the worker runs for crm: thin doors that call one room each."""

from dataclasses import asdict

import structlog
from django.core.cache import cache
from django.utils import timezone

from crm.deliverability.verify import find, verify_batch
from crm.imports import uploads
from crm.imports.tally import DOMAINS, REST
from crm.merging import candidates, strays
from crm.models import ImportBatch

log = structlog.get_logger(__name__)
SEARCHING = "crm:searching-duplicates"
SEARCH_SECONDS = 900
VERIFYING = "crm:verifying-addresses"


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


def verify_addresses() -> None:
    """Look at the domains of addresses that wait for it; the rest comes at the next turn."""
    if not cache.add(VERIFYING, 1, SEARCH_SECONDS):
        return
    try:
        done = verify_batch()
        if done.domains:
            log.info("addresses_verified", **asdict(done))
    finally:
        cache.delete(VERIFYING)


def take_in_list(batch_id: str) -> None:
    """Check or take in one uploaded list; a long one takes several turns."""
    with structlog.contextvars.bound_contextvars(task="take_in_list", batch=batch_id):
        if uploads.work_off(batch_id):
            uploads.queue(batch_id)


def look_at_domains(batch_id: str) -> None:
    """Ask for the mail domains of a list, so that its page can tell which take mail."""
    batch = ImportBatch.objects.filter(pk=batch_id).only("tally").first()
    domains = [one for one in batch.tally.get(DOMAINS, ()) if one != REST] if batch else []
    found = find(domains, timezone.now())
    if found is None or found.asked:
        log.info("list_domains", batch=batch_id, domains=len(domains), proved=found is not None)


def tend_imports() -> None:
    """Every minute: take up imports a worker left, throw old files away."""
    done = {"requeued": uploads.requeue_forgotten(), "forgotten": uploads.forget_files()}
    if any(done.values()):
        log.info("imports_tended", **done)
