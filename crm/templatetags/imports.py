"""What templates of imports need beyond Django's own."""

from django import template

from crm.imports.handing import may_take
from crm.imports.labels import label_of

register = template.Library()
register.filter("field_label", label_of)
register.filter("may_take", may_take)
