"""What the worker runs: thin doors that call one room each."""

import structlog
from django.utils import timezone

from compliance import audit
from outreach.models import WorkerHeartbeat
from outreach.sending import throttle
from outreach.sending.dispatch import dispatch, new_worker_name
from outreach.sending.kick import kick
from outreach.sending.reconcile import recover_expired

log = structlog.get_logger(__name__)


def tick() -> None:
    """Every minute: show signs of life, take over from the dead, send what is due, chain."""
    WorkerHeartbeat.objects.update_or_create(name="worker", defaults={"beat_at": timezone.now()})
    recover_expired(timezone.now())
    dispatch_due()
    throttle.forget_old_windows()
    while audit.seal():
        pass


def dispatch_due() -> None:
    """Send what is due; called by the tick and right after an approval."""
    worker = new_worker_name()
    with structlog.contextvars.bound_contextvars(task="dispatch", worker=worker):
        done = dispatch(worker=worker)
        if done.counts:
            log.info("dispatched", **done.counts)
        if done.unfinished:
            kick()
