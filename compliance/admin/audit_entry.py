"""The ledger, to be read."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.utils.html import format_html

from compliance.admin.filters import KeptValuesFilter
from compliance.admin.readonly import ReadOnlyAdmin
from compliance.audit_words import subject_words, words_for
from compliance.models import AuditEntry


class WordsFilter(KeptValuesFilter):
    """The values a column holds, each in the words pages use."""

    def say(self, value: str) -> str:
        raise NotImplementedError

    def choices(self, changelist: Any) -> Iterator[Any]:
        """As they are but for their words; the one for all is no value."""
        for choice in super().choices(changelist):
            value = str(choice["display"])
            known = value in self.lookup_choices
            yield {**choice, "display": self.say(value)} if known else choice


class ActionFilter(WordsFilter):
    def say(self, value: str) -> str:
        return words_for(value)


class SubjectFilter(WordsFilter):
    def say(self, value: str) -> str:
        return subject_words(value)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor", "what", "about_what", "reason")
    list_filter = (("action", ActionFilter), ("subject_type", SubjectFilter))
    search_fields = ("actor", "subject_id", "reason")

    @admin.display(description="Act", ordering="action")
    def what(self, entry: AuditEntry) -> str:
        """In words; the code is what programs filter by."""
        return format_html('{} <small class="at-weak">{}</small>', entry.said, entry.action)

    @admin.display(description="About", ordering="subject_type")
    def about_what(self, entry: AuditEntry) -> str:
        return entry.about
