"""Ends, holds and resumes people's touches: on a reply, a hand-over, or when told to."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from compliance import audit
from crm.models import Lead
from outreach import approvals
from outreach.choices import UNDER_WAY, CampaignStatus, EnrollmentStatus, MessageStatus
from outreach.models import Enrollment, Message
from outreach.sequences.versions import definition_of
from outreach.stopping import stop_enrollments

REPLY_ENDS = frozenset(EnrollmentStatus) - {EnrollmentStatus.STOPPED, EnrollmentStatus.HANDED_OVER}
HELD = "Paused by"


def after_reply(enrollment: Enrollment, *, actor: str, reason: str = "They replied.") -> int:
    """End the thread's touches, and those of whom else its sequence says a reply stops.

    Runs in the caller's transaction; returns how many people's touches ended.
    """
    # Two threads of one person in one campaign: whichever they answer, both are answered.
    own = Q(pk=enrollment.pk) | Q(pk=enrollment.duplicate_of_id) | Q(duplicate_of=enrollment.pk)
    answered = _answered_for(enrollment)
    if answered:
        # Two of one house may answer at once: who locks all of them in one order waits, and
        # never for somebody who waits for them.
        everybody = Enrollment.objects.filter(own | answered[1])
        list(everybody.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    ended = stop_enrollments(
        Enrollment.objects.filter(own),
        actor=actor,
        reason=reason,
        to=EnrollmentStatus.REPLIED,
        only_from=REPLY_ENDS,
    )
    if answered is None:
        return len(ended)
    about, which = answered
    others = Enrollment.objects.filter(which).exclude(pk=enrollment.pk)
    why = f"{enrollment.contact}, {about}, replied."
    return len(ended) + len(stop_enrollments(others, actor=actor, reason=why))


def _answered_for(enrollment: Enrollment) -> tuple[str, Q] | None:
    """Who under way in the same sequence this person has answered for, in words and as a condition.

    None where the sequence says that a reply stops its person alone.
    """
    version = enrollment.version
    stops = definition_of(version).reply_stops if version else "person"
    alike = Q()
    if stops == "company" and enrollment.company_id:
        about, alike = "of the same company", Q(company=enrollment.company_id)
    elif stops == "property" and enrollment.contact_id:
        theirs = Lead.objects.filter(contact=enrollment.contact_id, property__isnull=False)
        sharing = Lead.objects.filter(property__in=theirs.values("property"))
        about = "written to about the same property"
        alike = Q(contact__in=sharing.values("contact"))
    if version is None or not alike:
        return None
    same = Q(version__sequence=version.sequence_id, status__in=sorted(UNDER_WAY))
    return about, alike & same


@transaction.atomic
def hand_over(enrollment: Enrollment, *, actor: str, reason: str) -> bool:
    """A person takes the conversation from here; nothing more leaves by itself."""
    done = stop_enrollments(
        Enrollment.objects.filter(pk=enrollment.pk),
        actor=actor,
        reason=reason,
        to=EnrollmentStatus.HANDED_OVER,
        only_from=frozenset(EnrollmentStatus) - {EnrollmentStatus.STOPPED},
    )
    return bool(done)


@transaction.atomic
def go_on(enrollment: Enrollment, *, actor: str, reason: str, now: datetime) -> bool:
    """Let a sequence that a reply ended go on with its next touch; False where none is left.

    Not for who was stopped, or whom a person has: a wish to stop is never outlived by a date.
    """
    version, campaign = enrollment.version, enrollment.campaign
    open_campaign = campaign.status in {CampaignStatus.DRAFT, CampaignStatus.ACTIVE}
    if version is None or not open_campaign:
        return False
    if enrollment.step >= max(step.number for step in definition_of(version).steps):
        return False
    moved = Enrollment.objects.filter(pk=enrollment.pk, status=EnrollmentStatus.REPLIED).update(
        status=EnrollmentStatus.ACTIVE, stop_reason="", next_touch_at=now, updated_at=now
    )
    if moved:
        audit.append("enrollment.went_on", enrollment, actor=actor, reason=reason,
                     campaign_id=enrollment.campaign_id)  # fmt: skip
    return bool(moved)


@transaction.atomic
def take_up_again(enrollment: Enrollment, *, actor: str, reason: str, now: datetime) -> bool:
    """What a reply ended goes on, since it was none; an absence it told of is waited out.

    Drafts that were cancelled do not come back: the next touch is made. False where the campaign
    is over, or the person was stopped since.
    """
    if enrollment.campaign.status not in {CampaignStatus.DRAFT, CampaignStatus.ACTIVE}:
        return False
    ended = Enrollment.objects.filter(
        pk=enrollment.pk, status__in=[EnrollmentStatus.REPLIED, EnrollmentStatus.HANDED_OVER]
    )
    moved = ended.update(
        status=EnrollmentStatus.ACTIVE, stop_reason="", updated_at=now,
        next_touch_at=now if enrollment.version_id else None,
    )  # fmt: skip
    if moved:
        audit.append("enrollment.went_on", enrollment, actor=actor, reason=reason,
                     campaign_id=enrollment.campaign_id)  # fmt: skip
    return bool(moved)


@transaction.atomic
def remove(rows: QuerySet[Enrollment], *, actor: str, reason: str = "") -> int:
    """Take people who are under way out of their sequence for good; returns how many."""
    words = reason.strip() or f"Removed by {actor}."
    under_way = rows.filter(status__in=sorted(UNDER_WAY))
    return len(stop_enrollments(under_way, actor=actor, reason=words))


@transaction.atomic
def pause(rows: QuerySet[Enrollment], *, actor: str) -> int:
    """Hold people: nothing is made for them, and what was approved waits in review again."""
    found = list(
        rows.filter(status__in=sorted(UNDER_WAY), paused_at=None, version__isnull=False)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    ids = [row.pk for row in found]
    Enrollment.objects.filter(pk__in=ids).update(
        paused_at=timezone.now(), paused_by=actor, updated_at=timezone.now()
    )
    approved = Message.objects.filter(
        enrollment__in=ids, status=MessageStatus.APPROVED, step__isnull=False
    )
    approvals.return_to_review(approved, actor=actor, reason=f"{HELD} {actor}.")
    acts = [audit.Act("enrollment.paused", row, "", row.campaign_id) for row in found]
    audit.append_many(acts, actor=actor)
    return len(found)


@transaction.atomic
def resume(rows: QuerySet[Enrollment], *, actor: str) -> int:
    """Let held people go on from where they stand: the next touch at its next lawful moment."""
    found = list(
        rows.filter(paused_at__isnull=False).select_for_update(of=("self",)).order_by("pk")
    )
    ids = [row.pk for row in found]
    now = timezone.now()
    Enrollment.objects.filter(pk__in=ids).update(paused_at=None, paused_by="", updated_at=now)
    Enrollment.objects.filter(pk__in=ids, status__in=sorted(UNDER_WAY)).update(next_touch_at=now)
    Message.objects.filter(
        enrollment__in=ids, status=MessageStatus.EA_REVIEW, reason__startswith=HELD
    ).update(reason="", updated_at=now)
    acts = [audit.Act("enrollment.resumed", row, "", row.campaign_id) for row in found]
    audit.append_many(acts, actor=actor)
    return len(found)
