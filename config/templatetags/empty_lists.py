"""The words of a list in which nothing stands."""

from typing import Any

from django import template

from config.empty_lists import words_for

register = template.Library()


@register.filter
def empty_words(changelist: Any) -> str:
    """`{{ cl|empty_words }}`: what its reader can do so that something stands there."""
    return words_for(changelist.opts.label_lower, changelist.read_by.user.has_perm)
