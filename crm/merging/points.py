"""The same address at both: one stays, with what is known of either, and is used for both."""

from crm.choices import PointState
from crm.merging.links import Fold, links_to
from crm.models import ContactPoint


def settle_points(fold: Fold) -> None:
    """Hears of a merge of people before their addresses move."""
    own = {(p.kind, p.value): p for p in ContactPoint.objects.filter(contact=fold.survivor.pk)}
    preferred = {point.kind for point in own.values() if point.preferred}
    theirs = ContactPoint.objects.filter(contact=fold.merged.pk).order_by("created_at", "pk")
    for point in theirs:
        twin = own.get((point.kind, point.value))
        if twin is not None:
            _join(fold, twin, point)
        elif point.preferred and point.kind in preferred:
            fold.story.change(point, preferred=False)


def _join(fold: Fold, twin: ContactPoint, point: ContactPoint) -> None:
    for link in links_to(ContactPoint):
        fold.story.move(link.model, link.name, point.pk, twin.pk)
    fold.story.change(
        twin,
        state=_state(twin.state, point.state),
        confidence=max(twin.confidence, point.confidence),
        source=twin.source or point.source,
    )
    fold.story.remove(point)


def _state(one: str, other: str) -> str:
    """What was found out about either holds: the address is the same."""
    for state in (PointState.UNDELIVERABLE, PointState.VERIFIED):
        if state in (one, other):
            return state
    return one
