"""What the desk's forms need in their templates."""

from uuid import uuid4

from django import template

from outreach.conversations.listing import snippet
from outreach.models import Message

register = template.Library()


@register.simple_tag
def new_token() -> str:
    """A form's own number: pressed twice, it is known and acts once."""
    return str(uuid4())


@register.filter
def own_words(message: Message) -> str:
    """The beginning of what its sender wrote, without what they quote."""
    return snippet(message)
