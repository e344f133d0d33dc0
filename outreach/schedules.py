"""The recurring tasks, kept in step with the code after every migration."""

import gc
from typing import Any

from compliance.recurring import keep_in_step
from compliance.waking import wake

TASKS = {
    # name: (dotted path, minutes)
    "tick": ("outreach.tasks.tick", 1),
    "sequences": ("outreach.tasks.advance_sequences", 1),
    "webhooks": ("outreach.tasks.deliver_webhooks", 1),
    "answers": ("outreach.tasks.draft_answers", 1),
    "opinions": ("outreach.tasks.ask_about_replies", 1),
    "conversations": ("outreach.tasks.tend_conversations", 1),
    "scores": ("outreach.tasks.tend_scores", 1),
}


def ensure_schedules(**_signal: Any) -> None:
    """Write the schedules as the code wants them; those the code no longer knows go."""
    keep_in_step("outreach", TASKS)


def at_worker_start(**_signal: Any) -> None:
    """A worker that starts looks at once: the scheduler would let up to 90 seconds pass.

    What is loaded by then stays as long as the worker: garbage collection need not walk it again
    and again, which took a fifth of the processor time of sending.
    """
    gc.collect()
    gc.freeze()
    wake(TASKS["tick"][0])
