"""What of ours two records cannot both have, and what goes on pointing at the merged one."""

from functools import partial

from django.apps import apps

from crm.merging import links
from crm.merging.leads import settle_leads
from crm.merging.points import settle_points

SCORES = (
    ("crm.ContactScore", "contact"), ("crm.CompanyScore", "company"), ("crm.LeadScore", "lead"),
)  # fmt: skip


def drop_score(label: str, name: str, fold: links.Fold) -> None:
    """A score is of one record's data: the survivor's is counted anew, with what came to it."""
    for score in apps.get_model(label).objects.filter(**{name: fold.merged.pk}):
        fold.story.remove(score)


def settle_segment(fold: links.Fold) -> None:
    """The survivor's segment stays; what one of us said of the merged one only goes over alone."""
    rows = apps.get_model("crm.Assignment").objects
    theirs = rows.filter(contact=fold.merged.pk).first()
    own = rows.filter(contact=fold.survivor.pk).first()
    if theirs is None or own is None:
        return
    if theirs.said and not own.said:
        fold.story.change(
            own, said=theirs.said, said_by=theirs.said_by, said_because=theirs.said_because,
            said_at=theirs.said_at,
        )  # fmt: skip
    fold.story.remove(theirs)


def register() -> None:
    """Called in `AppConfig.ready`."""
    links.fold("crm.ContactPoint", "contact", settle_points)
    links.fold("crm.Lead", "contact", settle_leads)
    links.fold("crm.Assignment", "contact", settle_segment)
    for label, name in SCORES:
        links.fold(label, name, partial(drop_score, label, name))
    links.stay("crm.SegmentMember", "contact")  # frozen: it tells who was chosen
    for name in ("contact", "merged_contact", "company", "merged_company"):
        links.stay("crm.MergeRecord", name)
    for label in ("crm.Contact", "crm.Company"):
        links.stay(label, "merged_into")
