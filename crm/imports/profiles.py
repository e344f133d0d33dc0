"""How a list with a certain header is read, remembered: kept, found again, laid over a list."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit
from crm.errors import CrmError
from crm.imports.columns import map_columns, plain_heading
from crm.imports.kinds import KINDS
from crm.imports.plan import Plan
from crm.models import ImportProfile

LONGEST_NAME = 80


def key_of(header: Sequence[str]) -> str:
    """What two headers share that say the same in the same order. Pure."""
    plain = "\x1f".join(map(plain_heading, header))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def find_for(kind: str, header: Sequence[str]) -> ImportProfile | None:
    """The profile of this very header that was used last."""
    known = ImportProfile.objects.filter(kind=kind, header_key=key_of(header))
    return known.order_by("-used_at", "-created_at").first()


def by_name(kind: str, name: str) -> ImportProfile:
    """The profile of that name; CrmError names those there are."""
    known = ImportProfile.objects.filter(kind=kind)
    found = known.filter(name=name.strip()).first()
    if found is None:
        names = ", ".join(f"“{one}”" for one in known.values_list("name", flat=True)[:20])
        raise CrmError(
            f"There is no profile “{name[:80]}” for {kind}; there are: {names or 'none yet'}."
        )
    return found


def lay_over(profile: ImportProfile, header: Sequence[str], plan: Plan) -> Plan:
    """The plan with what the profile says; what the plan says itself comes first.

    For another header the profile's headings are found by name, the rest are guessed. Pure.
    """
    if key_of(header) == profile.header_key:
        fields = list(profile.mapping)
    else:
        known = dict(zip(map(plain_heading, profile.header), profile.mapping, strict=True))
        guessed = map_columns(header, KINDS[profile.kind].fields)
        fields = [
            known.get(plain_heading(heading), one)
            for heading, one in zip(header, guessed, strict=True)
        ]
    return replace(
        plan,
        fields=plan.fields or tuple(fields),
        defaults={**profile.defaults, **plan.defaults},
        keep_unknown=plan.keep_unknown or profile.keep_unknown,
    )


@transaction.atomic
def remember(
    name: str,
    kind: str,
    header: Sequence[str],
    fields: Sequence[str],
    *,
    defaults: Mapping[str, str],
    keep_unknown: bool,
    actor: str,
) -> ImportProfile:
    """Keep it under this name; the one of that name, for the same kind, is written anew."""
    bare = " ".join(name.split())[:LONGEST_NAME]
    if not bare:
        raise CrmError("Give the profile a name.")
    values = {
        "header_key": key_of(header), "header": list(header), "mapping": list(fields),
        "defaults": {field: value for field, value in defaults.items() if value},
        "keep_unknown": keep_unknown, "used_at": timezone.now(),
    }  # fmt: skip
    try:
        with transaction.atomic():
            profile, made = ImportProfile.objects.update_or_create(
                kind=kind,
                name=bare,
                defaults=values,
                create_defaults={**values, "created_by": actor},
            )
    except IntegrityError as error:  # two people at once
        raise CrmError(f"“{bare}” was kept by somebody else just now; try again.") from error
    act = "import_profile.created" if made else "import_profile.changed"
    audit.append(act, profile, actor=actor, data={"fields": list(fields)})
    return profile


def used(profile: ImportProfile) -> None:
    """It was chosen: of several for one header, the last one used comes first."""
    ImportProfile.objects.filter(pk=profile.pk).update(used_at=timezone.now())
