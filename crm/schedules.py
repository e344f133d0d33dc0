"""Crm's recurring tasks, kept in step with the code after every migration, and an import's."""

from typing import Any

from compliance.recurring import keep_in_step
from compliance.waking import wake

TASKS = {
    # name: (dotted path, minutes)
    "crm: duplicates": ("crm.tasks.look_for_duplicates", 24 * 60),
    "crm: deliverability": ("crm.tasks.verify_addresses", 15),
    "crm: merged ones": ("crm.tasks.gather_strays", 10),
    "crm: imports": ("crm.tasks.tend_imports", 1),
}


def ensure_schedules(**_signal: Any) -> None:
    """Write the schedules as the code wants them; those the code no longer knows go."""
    keep_in_step("crm", TASKS)


def look_after_import() -> None:
    """An import brought people: look for duplicates and at their addresses, behind its back."""
    wake("crm.tasks.look_for_duplicates")
    wake("crm.tasks.verify_addresses")


def look_at_domains(batch_id: str) -> None:
    """A list was read: ask whether its mail domains take mail, for the page that shows it."""
    wake("crm.tasks.look_at_domains", batch_id)
