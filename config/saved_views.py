"""Keeps what a list shows under a name: save, share, rename, make it one's default, delete."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from compliance import audit
from config.models import DefaultView, SavedView

LONGEST_QUERY = 2000
LONGEST_NAME = 60
MOST_FIELDS = 100
MOST = 100  # of one person on one list
# Lists that are no model's changelist, with what may stand in their address.
PAGES = {
    "outreach_inbox": frozenset({"show", "q"}),
    "outreach_heard": frozenset({"show"}),
    "outreach_people": frozenset({"state", "sequence", "campaign", "q"}),
    "crm_lead_board": frozenset({"owner", "tier", "market", "county", "q"}),
}
CHANGELIST = "_changelist"
# Where somebody leafs to, what the admin adds by itself, and which card is open: no part of a view.
PASSING = frozenset({"p", "e", "page", "c", "_popup", "_changelist_filters"})


class ViewError(Exception):
    """A view cannot be kept so; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One view as somebody sees it."""

    view: SavedView
    own: bool
    is_default: bool


def is_list(place: str) -> bool:
    """Whether views can be kept of the page with this URL name."""
    return place.endswith(CHANGELIST) or place in PAGES


def clean(query: str) -> str:
    """The part of an address's query that a view keeps, empty values left out."""
    try:
        pairs = parse_qsl(query.replace("\x00", ""), max_num_fields=MOST_FIELDS)
    except ValueError:
        raise ViewError("These filters are too many to keep under one name.") from None
    return urlencode([(name, value) for name, value in pairs if name not in PASSING])


def visible(user: User) -> QuerySet[SavedView]:
    """What somebody may open: their own and what others share."""
    return SavedView.objects.filter(Q(owner=user) | Q(shared=True))


def views_of(user: User, place: str) -> list[Entry]:
    """The views of one list, one's own first; one query."""
    mine = DefaultView.objects.filter(user=user, view=OuterRef("pk"))
    rows = visible(user).filter(place=place).select_related("owner")
    rows = rows.annotate(is_default=Exists(mine))
    found = [Entry(row, row.owner_id == user.pk, row.is_default) for row in rows]
    return sorted(found, key=lambda entry: (not entry.own, entry.view.name.lower()))


@transaction.atomic
def save(user: User, place: str, name: str, query: str, *, shared: bool = False) -> SavedView:
    """Keep what a list shows; ViewError for no name, one that is taken, or what is no list."""
    words = _name(name)
    if not is_list(place):
        raise ViewError("There is no such list.")
    kept = clean(query)
    if len(kept) > LONGEST_QUERY:
        raise ViewError("These filters are too many to keep under one name.")
    if SavedView.objects.filter(owner=user, place=place).count() >= MOST:
        raise ViewError(f"You keep {MOST} views of this list: delete one first.")
    view = SavedView(owner=user, place=place, name=words, query=kept, shared=shared)
    _store(view)
    audit.append("view.saved", view, actor=user.get_username(), data={"shared": shared})
    return view


@transaction.atomic
def rename(view_id: UUID, name: str, *, user: User) -> SavedView:
    """Give a view another name."""
    view = _own(view_id, user)
    view.name = _name(name)
    _store(view)
    audit.append("view.renamed", view, actor=user.get_username())
    return view


@transaction.atomic
def replace(view_id: UUID, query: str, *, user: User) -> SavedView:
    """Let a view keep what the list shows now."""
    view = _own(view_id, user)
    view.query = clean(query)[:LONGEST_QUERY]
    view.save(update_fields=["query", "updated_at"])
    audit.append("view.replaced", view, actor=user.get_username())
    return view


@transaction.atomic
def share(view_id: UUID, *, shared: bool, user: User) -> SavedView:
    """Show a view to the team, or keep it to oneself; whose default it was loses it then."""
    view = _own(view_id, user)
    if view.shared != shared:
        SavedView.objects.filter(pk=view.pk).update(shared=shared, updated_at=timezone.now())
        view.shared = shared
        if not shared:
            view.defaults.exclude(user=view.owner).delete()
        act = "view.shared" if shared else "view.unshared"
        audit.append(act, view, actor=user.get_username())
    return view


@transaction.atomic
def delete(view_id: UUID, *, user: User) -> str:
    """Delete a view; returns its name. An administrator may delete what others share."""
    view = _own(view_id, user, administrators=True)
    audit.append("view.deleted", view, actor=user.get_username())
    view.delete()
    return view.name


@transaction.atomic
def set_default(view_id: UUID, *, on: bool, user: User) -> SavedView:
    """Let the list open with this view for this person, or as it is; the choice is their own."""
    view = visible(user).filter(pk=view_id).first()
    if view is None:
        raise ViewError("This view is gone.")
    if on:
        DefaultView.objects.update_or_create(user=user, place=view.place, defaults={"view": view})
    else:
        DefaultView.objects.filter(user=user, view=view).delete()
    return view


def _name(text: str) -> str:
    words = " ".join(text.replace("\x00", "").split())
    if not words:
        raise ViewError("Give the view a name.")
    if len(words) > LONGEST_NAME:
        raise ViewError(f"A name has up to {LONGEST_NAME} characters.")
    return words


def _store(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise ViewError(
            f"You have a view “{view.name}” of this list: take another name, or change that one."
        ) from None


def _own(view_id: UUID, user: User, *, administrators: bool = False) -> SavedView:
    view = visible(user).filter(pk=view_id).first()
    if view is None:
        raise ViewError("This view is gone.")
    if view.owner_id != user.pk and not (administrators and user.is_superuser):
        raise ViewError(f"This view is {view.owner.get_username()}'s: save one of your own.")
    return view
