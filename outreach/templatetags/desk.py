"""What the desk's forms need in their templates."""

from uuid import uuid4

from django import template

register = template.Library()


@register.simple_tag
def new_token() -> str:
    """A form's own number: pressed twice, it is known and acts once."""
    return str(uuid4())
