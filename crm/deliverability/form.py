"""What the form of an address tells: a mailbox of a role, a throw-away one. Pure."""

from crm.choices import PointKind
from crm.imports.cells import is_disposable, is_role_account
from crm.models import ContactPoint


def notes_on(point: ContactPoint) -> list[str]:
    """Sentences about an e-mail address; none where there is nothing to say."""
    if point.kind != PointKind.EMAIL:
        return []
    notes = []
    if is_role_account(point.value):
        notes.append("A mailbox of a role.")
    if is_disposable(point.value):
        notes.append("A throw-away mailbox.")
    return notes
