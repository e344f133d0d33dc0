"""The rules for replies: a table to edit, tried on the last replies before it is switched on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from compliance.admin.readonly import ReadOnlyAdmin
from compliance.admin.recorded import Recorded
from compliance.typed import number_of
from outreach.admin import doors
from outreach.choices import ReplyAction
from outreach.conversations import rulebook
from outreach.errors import OutreachError
from outreach.models import DecisionRule, Rulebook

PUBLISH = "outreach.publish_rules"
ANY = "Any"


class DecisionRuleForm(forms.ModelForm):
    """Actions as boxes to tick."""

    actions = forms.MultipleChoiceField(
        choices=ReplyAction.choices, widget=UnfoldAdminCheckboxSelectMultipleWidget, required=True
    )

    class Meta:
        model = DecisionRule
        fields = (
            "position", "name", "enabled", "intent", "sentiment_over", "sentiment_under",
            "channel", "campaign_kind", "engaged", "actions",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = {"intent": "", "channel": "", "campaign_kind": "", "engaged": "unknown"}
        for name, nothing in empty.items():
            field: Any = self.fields.get(name)
            if field is not None:  # an empty condition fits anything, and should say so
                field.widget.choices = [
                    (value, ANY if value == nothing else label)
                    for value, label in field.widget.choices
                ]


@admin.register(DecisionRule)
class DecisionRuleAdmin(Recorded, ModelAdmin):
    act, made = "rule_for_replies", "added"
    form = DecisionRuleForm
    list_display = ("name", "position", "shown_when", "shown_actions", "enabled")
    list_editable = ("position", "enabled")
    ordering = ("position", "pk")
    search_fields = ("name",)
    list_before_template = "admin/outreach/rules/before.html"
    fieldsets = (
        (None, {"fields": ("position", "name", "enabled")}),
        ("When a reply", {"fields": ("intent", ("sentiment_over", "sentiment_under"), "channel",
                                     "campaign_kind", "engaged")}),
        ("Then", {"fields": ("actions",)}),
    )  # fmt: skip
    actions = None

    @display(description="When")
    def shown_when(self, rule: DecisionRule) -> str:
        return " · ".join(_conditions(rule)) or "Any reply"

    @display(description="Then")
    def shown_actions(self, rule: DecisionRule) -> str:
        return "; ".join(rulebook.words(rule.actions))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        number, current = rulebook.in_force()
        context = {"number": number, "differs": rulebook.edited() != current}
        return super().changelist_view(request, {**context, **(extra_context or {})})


def _conditions(rule: DecisionRule) -> list[str]:
    said = [
        rule.get_intent_display() if rule.intent else "",
        f"sentiment over {rule.sentiment_over:g}" if rule.sentiment_over is not None else "",
        f"sentiment under {rule.sentiment_under:g}" if rule.sentiment_under is not None else "",
        rule.get_channel_display() if rule.channel else "",
        rule.get_campaign_kind_display() if rule.campaign_kind else "",
        {True: "they are engaged", False: "not yet engaged", None: ""}[rule.engaged],
    ]
    return [words for words in said if words]


@admin.register(Rulebook)
class RulebookAdmin(ReadOnlyAdmin):
    list_display = ("number", "switched_on_by", "switched_on_at")
    ordering = ("-number",)


@require_safe
def try_page(request: HttpRequest) -> HttpResponse:
    """What the table as it stands would have done about the last replies; nothing is done."""
    doors.require(request, "outreach.view_decisionrule")
    number, current = rulebook.in_force()
    edited = rulebook.edited()
    tried = rulebook.try_out(edited)
    rows = [
        {
            "message": one.reading.message, "reading": one.reading, "differs": one.differs,
            "now": rulebook.words(one.now.actions), "then": rulebook.words(one.then.actions),
            "now_why": one.now.reason, "then_why": one.then.reason,
        }
        for one in sorted(tried, key=lambda one: not one.differs)
    ]  # fmt: skip
    return doors.page(
        request, "admin/outreach/rules/try.html", "Try the rules for replies",
        rows=rows, number=number, changed=sum(one.differs for one in tried), rules=len(edited),
        differs=edited != current, may_publish=request.user.has_perm(PUBLISH),  # type: ignore[union-attr]
    )  # fmt: skip


@doors.posts
def switch_on(request: HttpRequest) -> HttpResponse:
    """Put the table in force, as it was tried."""
    person = doors.require(request, PUBLISH)
    try:
        book = rulebook.switch_on(
            actor=person.get_username(),
            expected=number_of(request.POST.get("number", ""), -1),
        )
        notices.success(request, f"These rules hold from now on: {str(book).lower()}.")
    except OutreachError as error:
        notices.error(request, str(error))
    return redirect("admin:outreach_decisionrule_changelist")
