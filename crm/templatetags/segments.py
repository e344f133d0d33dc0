"""What templates of segments need beyond Django's own."""

from django import template

from crm.segments.fields import Field
from crm.segments.preview import Member
from crm.segments.words import value_words

register = template.Library()


@register.filter
def known(member: Member, field: Field) -> str:
    """What is known of somebody by a field, in words."""
    return value_words(field.kind, member.known.get(field.name))
