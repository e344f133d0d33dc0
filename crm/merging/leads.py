"""Two leads that one person cannot both have: one stays, with what the other knew."""

from crm.choices import CLOSED_LEADS, LeadStatus
from crm.merging.links import Fold, move_all
from crm.models import Lead

STAGES = tuple(LeadStatus)


def settle_leads(fold: Fold) -> None:
    """Hears of a merge of people before their leads move: one lead about one thing."""
    own = list(Lead.objects.filter(contact=fold.survivor.pk).order_by("created_at", "pk"))
    theirs = Lead.objects.filter(contact=fold.merged.pk).order_by("created_at", "pk")
    for lead in theirs:
        twin = next((one for one in own if _clash(one, lead)), None)
        if twin is not None:
            _join(fold, twin, lead)


def _clash(one: Lead, other: Lead) -> bool:
    if one.property_id or other.property_id:
        return one.property_id == other.property_id
    return one.status not in CLOSED_LEADS and other.status not in CLOSED_LEADS


def _join(fold: Fold, twin: Lead, lead: Lead) -> None:
    """The further stage, the higher score; who owns it and what it is worth, if only one says."""
    notes = "\n\n".join(text for text in (twin.notes, lead.notes) if text.strip())
    scores = [score for score in (twin.score, lead.score) if score is not None]
    further = max(twin.status, lead.status, key=lambda status: STAGES.index(LeadStatus(status)))
    fold.story.change(
        twin,
        status=further,
        status_changed_at=lead.status_changed_at
        if further == lead.status != twin.status
        else twin.status_changed_at,
        score=max(scores) if scores else None,
        tier=twin.tier or lead.tier,
        market=twin.market or lead.market,
        owner=twin.owner or lead.owner,
        deal_value=twin.deal_value if twin.deal_value is not None else lead.deal_value,
        currency=twin.currency if twin.deal_value is not None else lead.currency,
        source=twin.source or lead.source,
        notes=notes if twin.notes != lead.notes else twin.notes,
        company=twin.company or lead.company,
    )
    move_all(Fold(twin, lead, fold.story, fold.actor), Lead)
    fold.story.remove(lead)
