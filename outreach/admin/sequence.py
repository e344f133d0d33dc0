"""Sequences: what there is, each drawn on its days, who follows which version, what changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from compliance.admin import asked
from compliance.typed import key_of
from outreach.actors import name_of
from outreach.admin import doors
from outreach.choices import UNDER_WAY, Channel, Voice
from outreach.errors import OutreachError
from outreach.models import Campaign, Enrollment, Sequence, SequenceVersion
from outreach.sequences import moving, versions
from outreach.sequences.changes import changes
from outreach.sequences.definition import REPLY_STOPS, Definition
from outreach.sequences.making import write
from outreach.sequences.overview import list_cards, list_followers, list_versions
from outreach.sequences.steps import Step
from outreach.sequences.timeline import Arm, Mark, draw, span_words
from outreach.sequences.wording import SAMPLE, Piece, pieces

PAGE = "admin:outreach_sequence"
ICONS = {
    "email": "mail", "sms": "sms", "whatsapp": "chat", "phone": "call", "web_form": "language",
    "social": "group_add",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A variant as the page shows it: pieces of plain text, places to fill in, conditions."""

    arm: Arm
    subject: list[Piece]
    body: list[Piece]


@dataclass(frozen=True, slots=True)
class Shown:
    """A step with its place on the axis and its wordings."""

    mark: Mark
    icon: str
    label: str
    texts: list[Text]


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """Every sequence at a glance, those offered first; `?voice=` keeps one voice."""
    doors.require(request, doors.VIEW_SEQUENCES)
    asked.only(request, "voice")
    voice = asked.one_of(request, "voice", dict(Voice.choices))
    rows = Sequence.objects.order_by("-active", "name")
    if voice:
        rows = rows.filter(voice=voice)
    return doors.page(
        request, "admin/outreach/sequence/list.html", "Sequences",
        cards=list_cards(rows), icons=ICONS, voices=Voice.choices, voice=voice,
    )  # fmt: skip


@require_safe
def sequence_page(request: HttpRequest, sequence_id: UUID) -> HttpResponse:
    """One version drawn (`?version=`, else the newest), who follows it, and all versions."""
    doors.require(request, doors.VIEW_SEQUENCES)
    sequence = get_object_or_404(Sequence, pk=sequence_id)
    history = list_versions(sequence)
    number = request.GET.get("version", "")
    shown = next((one for one in history if str(one[0].number) == number), None)
    if shown is None and number:
        messages.warning(request, f"There is no version {number[:9]}; this is the newest.")
    version, definition = shown or (history[0] if history else (None, Definition(())))
    asked.only(request, "version", "as")
    filled = asked.one_of(request, "as", ["read"]) == "read"
    timeline = draw(definition.steps)
    return doors.page(
        request, "admin/outreach/sequence/page.html", sequence.name,
        sequence=sequence, version=version, newest=history[0][0] if history else None,
        definition=definition, reply_stops=REPLY_STOPS[definition.reply_stops],
        timeline=timeline, span=span_words(timeline),
        facts=[name.replace("_", " ") for name in definition.needs_facts],
        steps=[_shown(mark, filled=filled, count=len(definition.steps)) for mark in timeline.marks],
        filled=filled, history=_with_changes(history), followers=list_followers(sequence),
    )  # fmt: skip


def _shown(mark: Mark, *, filled: bool, count: int) -> Shown:
    step = mark.step
    texts = [_read(arm, step, count) if filled else _written(arm) for arm in mark.arms]
    return Shown(mark, ICONS[step.channel], str(Channel(step.channel).label), texts)


def _written(arm: Arm) -> Text:
    return Text(arm, pieces(arm.variant.subject), pieces(arm.variant.body))


def _read(arm: Arm, step: Step, count: int) -> Text:
    """As somebody reads it of whom everything is known."""
    values = {**SAMPLE, "step": step.number, "steps": count}
    subject, body, _problems = write(arm.variant, step.channel, values)
    return Text(arm, [Piece(subject)], [Piece(body)])


def _with_changes(
    history: list[tuple[SequenceVersion, Definition]],
) -> list[tuple[SequenceVersion, list[str]]]:
    before = [*history[1:], None]
    return [
        (version, changes(older[1], definition) if older else [])
        for (version, definition), older in zip(history, before, strict=True)
    ]


@doors.posts
def offer(request: HttpRequest, sequence_id: UUID) -> HttpResponse:
    """Offer it for new campaigns, or no more; whoever is under way goes on."""
    person = doors.require(request, doors.EDIT_SEQUENCES)
    sequence = get_object_or_404(Sequence, pk=sequence_id)
    active = request.POST.get("active") == "1"
    versions.offer(sequence, active=active, actor=name_of(person))
    words = "is offered for new campaigns" if active else "is no longer offered for new campaigns"
    messages.success(request, f"“{sequence}” {words}.")
    return redirect(PAGE, sequence.pk)


@doors.posts
def use_newest(request: HttpRequest, sequence_id: UUID) -> HttpResponse:
    """Let a campaign's next people follow the newest version; with `move` those under way too."""
    person = doors.require(request, doors.EDIT_SEQUENCES)
    sequence = get_object_or_404(Sequence, pk=sequence_id)
    campaign = get_object_or_404(
        Campaign, pk=key_of(request.POST.get("campaign", "")), sequence_version__sequence=sequence
    )
    try:
        newest, actor = versions.newest(sequence), name_of(person)
        moving.use_version(campaign, newest, actor=actor)
        words = f"People enrolled in “{campaign}” from now on follow version {newest.number}."
        if request.POST.get("move") == "1":
            words += f" {_move(campaign, newest, actor)}"
        messages.success(request, words)
    except OutreachError as error:
        messages.error(request, str(error))
    return redirect(PAGE, sequence.pk)


def _move(campaign: Campaign, newest: SequenceVersion, actor: str) -> str:
    rows = Enrollment.objects.filter(campaign=campaign, status__in=sorted(UNDER_WAY))
    found = moving.move(rows, newest, actor=actor)
    moves = "moves" if found.moved == 1 else "move"
    return f"{found.moved} under way {moves} to it with the next touch. {found.why_not}".strip()


def page_of(sequence: Sequence, **query: Any) -> str:
    """The address of the sequence's page."""
    address = reverse(PAGE, args=[sequence.pk])
    return f"{address}?{urlencode(query)}" if query else address
