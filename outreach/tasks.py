"""What the worker runs: thin doors that call one room each."""

import structlog
from django.conf import settings
from django.utils import timezone

from compliance import audit
from compliance.waking import wake
from crm.scoring import sweep
from outreach import policy
from outreach.answers.draft import draft_wanted
from outreach.conversations import asking, handoff, resuming, telling
from outreach.drafting import orders
from outreach.inbound import imap
from outreach.inbound.process import process_open
from outreach.inbound.reread import ask_waiting
from outreach.models import WorkerHeartbeat
from outreach.outage import goes_on_after_outage
from outreach.sending import throttle
from outreach.sending.dispatch import dispatch, new_worker_name
from outreach.sending.kick import kick
from outreach.sending.reconcile import recover_expired
from outreach.sequences.advance import advance
from outreach.sequences.from_segment import take_in_waiting
from outreach.webhooks import events as webhook_events
from outreach.webhooks.deliver import deliver_due

log = structlog.get_logger(__name__)


@goes_on_after_outage
def tick() -> None:
    """Every minute: show signs of life, take over from the dead, send what is due, chain."""
    WorkerHeartbeat.objects.update_or_create(name="worker", defaults={"beat_at": timezone.now()})
    recover_expired(timezone.now())
    dispatch_due()
    fetch_mail()
    process_events()
    if orders.stalled(timezone.now()):
        orders.kick()
    throttle.forget_old_windows()
    sealed = False
    while audit.seal():
        sealed = True
    if sealed:
        # The log is kept elsewhere than the database: a chain made anew would not fit it.
        log.info("ledger_sealed", head=str(audit.head()))


@goes_on_after_outage
def advance_sequences() -> None:
    """Every minute: take audiences in, make due touches, let go what policies cover."""
    with structlog.contextvars.bound_contextvars(task="advance_sequences"):
        looked = take_in_waiting()
        if looked:
            log.info("audience_taken_in", looked=looked)
        counts = advance()
        recalled = len(policy.recall_policy_approvals())
        approved = len(policy.approve_by_policy())
        if counts or approved or recalled:
            log.info("sequences_advanced", approved=approved, recalled=recalled, **counts)


@goes_on_after_outage
def dispatch_due() -> None:
    """Send what is due; called by the tick and right after an approval."""
    worker = new_worker_name()
    with structlog.contextvars.bound_contextvars(task="dispatch", worker=worker):
        done = dispatch(worker=worker)
        if done.counts:
            log.info("dispatched", **done.counts)
        if done.unfinished:
            kick()


@goes_on_after_outage
def draft_ordered() -> None:
    """Draft what pages ordered; a long list takes several turns."""
    with structlog.contextvars.bound_contextvars(task="draft_ordered"):
        if orders.fulfil():
            orders.kick()


@goes_on_after_outage
def process_events() -> None:
    """Work off what providers told us; called by the tick and right after each webhook."""
    with structlog.contextvars.bound_contextvars(task="process_events"):
        count = process_open()
        if count:
            log.info("events_processed", count=count)


@goes_on_after_outage
def tend_conversations() -> None:
    """Every minute: pass on what nobody looks at, do what was put off to now, tell staff."""
    with structlog.contextvars.bound_contextvars(task="tend_conversations"):
        passed_on = handoff.pass_on_unseen()
        resumed = resuming.resume_due()
        if passed_on or any(resumed.values()):
            log.info("conversations_tended", passed_on=passed_on, **resumed)
        deliver_alerts()


@goes_on_after_outage
def deliver_alerts() -> None:
    """Send alerts by mail and text; called every minute and right after one is made."""
    counts = telling.deliver()
    if any(counts.values()):
        log.info("alerts_delivered", **counts)


def fetch_mail() -> None:
    """Fetch from the IMAP mailbox, where one is configured."""
    if settings.IMAP_URL:
        with structlog.contextvars.bound_contextvars(task="fetch_mail"):
            try:
                log.info("mail_fetched", count=imap.fetch(settings.IMAP_URL))
            except imap.FetchError as error:
                log.warning("mail_not_fetched", error=str(error))


@goes_on_after_outage
def deliver_webhooks() -> None:
    """Every minute and after news: tell other programs; a long outbox takes several turns."""
    with structlog.contextvars.bound_contextvars(task="deliver_webhooks"):
        if deliver_due():
            webhook_events.kick()


@goes_on_after_outage
def draft_answers() -> None:
    """Every minute and after a question: draft the answers that are wanted."""
    with structlog.contextvars.bound_contextvars(task="draft_answers"):
        count = draft_wanted()
        if count:
            log.info("answers_drafted", count=count)


@goes_on_after_outage
def tend_scores() -> None:
    """Every minute and after a switch: score anew who has to be; many take several turns."""
    with structlog.contextvars.bound_contextvars(task="tend_scores"):
        if sweep.tend():
            kick_scores()


def kick_scores() -> None:
    """Wake a worker."""
    wake("outreach.tasks.tend_scores")


@goes_on_after_outage
def ask_about_replies() -> None:
    """Every minute and after a reply: let a model read what the rules have read."""
    with structlog.contextvars.bound_contextvars(task="ask_about_replies"):
        count, more = ask_waiting()
        if count:
            log.info("replies_asked_about", count=count)
        if more:
            asking.kick()
