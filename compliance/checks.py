"""What compliance cannot work without is told at start, with an id and what to do."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connections
from django.db.models import Q

from compliance import keyed_hash
from compliance.evidence.pdf import INSTALL, missing_libraries


@register(Tags.security, deploy=True)
def check_pepper(**_options: Any) -> list[CheckMessage]:
    """In production the pepper is its own secret: a new SECRET_KEY must not undo erasures."""
    if settings.ADDRESS_PEPPER or not settings.PRODUCTION:
        return []
    hint = "Set ADDRESS_PEPPER to 50 random characters and keep it for ever."
    return [Error("ADDRESS_PEPPER is not set.", hint=hint, id="compliance.E001")]


@register(Tags.database)
def check_hashes(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Every hash in the suppression list can still be matched: no pepper was lost."""
    from compliance.models import Suppression

    if not databases or "default" not in databases:
        return []
    known = Q()
    for key_id in keyed_hash.key_ids():
        known |= Q(address__startswith=f"hmac:{key_id}:")
    rows = Suppression.objects.filter(address__startswith="hmac:").exclude(known)
    try:
        if Suppression._meta.db_table not in connections["default"].introspection.table_names():
            return []
        lost = rows.count()
    except DatabaseError:
        return []  # not migrated yet
    if not lost:
        return []
    hint = "Add the pepper used before to ADDRESS_PEPPER_FALLBACKS; until then they do not stop us."
    return [Error(f"{lost} erased addresses cannot be matched.", hint=hint, id="compliance.E002")]


@register(Tags.compatibility)
def check_pdf(**_options: Any) -> list[CheckMessage]:
    """The libraries that draw PDF are there; without them everything else works."""
    missing = missing_libraries()
    if not missing:
        return []
    told = f"Evidence cannot be exported as PDF: {' and '.join(missing)} not found."
    return [Caution(told, hint=f"{INSTALL} (JSON works without).", id="compliance.W001")]
