"""Moves people under way to another version of their sequence; nobody else ever changes theirs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from compliance import audit
from outreach.choices import UNDER_WAY, CampaignKind
from outreach.errors import NotAllowedNow
from outreach.models import Campaign, Enrollment, SequenceVersion
from outreach.sequences.repeats import told_again
from outreach.sequences.variants import arm
from outreach.sequences.versions import definition_of


@dataclass(frozen=True, slots=True)
class Moved:
    """How many people moved, and how many stayed because they are through or out.

    `repeated` stayed because the version would tell them again what they were told: how many, by
    the step that would.
    """

    moved: int
    stayed: int
    repeated: Mapping[int, int] = field(default_factory=dict)

    @property
    def why_not(self) -> str:
        """“2 people stayed: step 3 of that version says what they were told already.”"""
        return " ".join(
            f"{count:,} {'person' if count == 1 else 'people'} stayed: step {step} of that version "
            "says what they were told already."
            for step, count in sorted(self.repeated.items())
        )


@transaction.atomic
def move(rows: QuerySet[Enrollment], to: SequenceVersion, *, actor: str) -> Moved:
    """Let people who are under way follow another version from their next touch on.

    Touches that were made stay made and are never made again; who is finished stays finished, and
    whoever the version would tell again what they were told stays on theirs.
    Raises NotAllowedNow for a version of another sequence.
    """
    found = list(
        rows.filter(version__isnull=False)
        .exclude(version=to)
        .select_related("version__sequence")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    strangers = {str(r.version.sequence) for r in found
                 if r.version and r.version.sequence_id != to.sequence_id}  # fmt: skip
    if strangers:
        raise NotAllowedNow(
            f"Some follow {', '.join(sorted(strangers))}; they cannot go on in “{to.sequence}”."
        )
    steps, now = definition_of(to).steps, timezone.now()
    under_way = [row for row in found if row.status in UNDER_WAY]
    repeated = told_again(under_way, to)
    moving = [row for row in under_way if row.pk not in repeated]
    for row in moving:
        row.version, row.variant = to, arm(steps, str(row.pk))
        row.next_touch_at, row.updated_at = now, now
    Enrollment.objects.bulk_update(
        moving, ["version", "variant", "next_touch_at", "updated_at"], batch_size=200
    )
    audit.append_many(
        [audit.Act("enrollment.moved", row, str(to), row.campaign_id) for row in moving],
        actor=actor,
    )
    steps_again = Counter(step.number for step in repeated.values())
    return Moved(len(moving), len(found) - len(under_way), steps_again)


@transaction.atomic
def use_version(campaign: Campaign, version: SequenceVersion, *, actor: str) -> bool:
    """Let people enrolled in the campaign from now on follow this version; False if they do."""
    if campaign.kind != CampaignKind.SEQUENCE:
        raise NotAllowedNow(f"“{campaign}” follows no sequence.")
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.sequence_version_id == version.pk:
        return False
    Campaign.objects.filter(pk=campaign.pk).update(
        sequence_version=version, updated_at=timezone.now()
    )
    audit.append(
        "campaign.version_chosen", campaign, actor=actor, reason=str(version),
        campaign_id=campaign.pk,
    )  # fmt: skip
    campaign.refresh_from_db()
    return True
