"""What the pages of versioned law share: an edit makes a version, and every version can be seen."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display

from compliance.models import LegalRule
from compliance.rule_versions import RuleConflict, add_rule, revise_rule

LAW_FIELDS = ("citation", "source", "confidence", "note")
TIME_FIELDS = ("effective_from", "effective_to", "why")


class LegalRuleForm(forms.ModelForm):
    """An edit asks why, and counts from today unless another day is written in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        if not self.instance.pk:
            self.initial.setdefault("effective_from", today)
        elif "effective_from" in self.fields:
            self.initial["effective_from"] = max(today, self.instance.effective_from)
            self.initial["why"] = ""
            self.fields["why"].required = True
            self.fields["jurisdiction"].disabled = True  # another place is another rule

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk and not set(self.changed_data) - {"why"}:
            raise forms.ValidationError("Nothing was changed, so there is no new version to save.")
        return cleaned


class StateFilter(admin.SimpleListFilter):
    """In force today unless asked otherwise."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("coming", "Coming"), ("ended", "Ended or replaced"), ("all", "Every version")]

    def choices(self, changelist: Any) -> Any:
        """The default is named for what it shows, not “All”."""
        first, *others = super().choices(changelist)
        return [{**first, "display": "In force today"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        over = Q(effective_to__lte=today)
        if self.value() == "coming":
            return queryset.filter(effective_from__gt=today)
        if self.value() == "ended":
            return queryset.filter(over)
        if self.value() == "all":
            return queryset
        return queryset.filter(effective_from__lte=today).exclude(over)


class LegalRuleAdmin(ModelAdmin):
    list_filter: tuple[Any, ...] = (StateFilter, "confidence")
    show_full_result_count = False
    change_form_outer_before_template = "admin/compliance/rule/before.html"
    change_form_outer_after_template = "admin/compliance/rule/versions.html"

    @display(description="in force", ordering="effective_from")
    def in_force(self, rule: LegalRule) -> str:
        return in_force(rule)

    @display(
        description="certainty",
        ordering="confidence",
        label={"counsel": "success", "verified-primary": "success", "own": "success",
               "verified-secondary": "info", "knowledge": "warning"},
    )  # fmt: skip
    def certainty(self, rule: LegalRule) -> tuple[str, str]:
        return rule.confidence, rule.get_confidence_display()  # type: ignore[attr-defined]

    def has_change_permission(self, request: HttpRequest, obj: LegalRule | None = None) -> bool:
        """Only the newest version is edited; those before it are read."""
        newest = obj is None or not obj.superseded
        return newest and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what was applied stays on record; a rule ends by its last day

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actor = request.user.get_username()
        if not change:
            add_rule(obj, actor=actor)
            return
        before = type(obj)._default_manager.get(pk=obj.pk)
        values = {name: value for name, value in form.cleaned_data.items() if name != "why"}
        after = revise_rule(before, values, actor=actor, why=form.cleaned_data["why"])
        obj.pk, obj.version = after.pk, after.version  # the messages and links lead to the new one

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The form with its history; whoever saves over somebody else's edit is shown theirs."""
        rule = self.get_object(request, object_id) if object_id else None
        if rule is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        versions = list(self.model._default_manager.filter(line=rule.line).order_by("-version"))
        newest = versions[0]
        if request.method == "POST" and rule.superseded and super().has_change_permission(request):
            return self._conflict(request, newest)
        context = {"rule": rule, "newest": newest, "versions": history(versions)}
        try:
            return super().changeform_view(
                request, object_id, form_url, {**(extra_context or {}), **context}
            )
        except RuleConflict:
            return self._conflict(request, self.model._default_manager.get(
                line=rule.line, superseded=False
            ))  # fmt: skip

    def _conflict(self, request: HttpRequest, newest: Any) -> HttpResponse:
        messages.error(
            request,
            f"Not saved: {newest.changed_by} made version {newest.version} in the meantime. This "
            "is theirs; look at it, and make your change again if it is still needed.",
        )
        name = f"admin:compliance_{self.opts.model_name}_change"
        return redirect(reverse(name, args=[newest.pk]))


def in_force(rule: LegalRule) -> str:
    """“since 1 Jul 2021”, “from … until before …” or that it never was."""
    begins, ends = rule.effective_from, rule.effective_to
    if ends is None:
        word = "since" if begins <= timezone.localdate() else "from"
        return f"{word} {begins:%d %b %Y}"
    if ends <= begins:
        return "never: replaced before it began"
    return f"{begins:%d %b %Y} until before {ends:%d %b %Y}"


def history(versions: list[Any]) -> list[dict[str, Any]]:
    """What changed from version to version, newest first, in the words of the form."""
    rows = []
    for after, before in zip(versions, [*versions[1:], None], strict=True):
        changes = after.changes_from(before) if before else []
        rows.append(
            {
                "row": after,
                "in_force": in_force(after),
                "changes": [
                    {
                        "field": after._meta.get_field(name).verbose_name,
                        "old": in_words(before, name),
                        "new": in_words(after, name),
                    }
                    for name, _old, _new in changes
                    # An earlier version's end is the doing of the later one, no edit of its own.
                    if name != "effective_to" or after.effective_to is not None
                ],
            }
        )
    return rows


def in_words(rule: Model | None, name: str) -> str:
    """A field's value as the form shows it."""
    shown = getattr(rule, f"get_{name}_display", None)
    value = shown() if shown else getattr(rule, name)
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "hour"):
        return f"{value:%H:%M}"
    return f"{value:%d %b %Y}" if hasattr(value, "year") else str(value)
