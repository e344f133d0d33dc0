"""The news crm carries upward, connected in the apps above.

`contact_erased(contact, addresses, actor)`, with `sender=Contact`: sent in the transaction that
erases, while the rows still hold the (kind, value) `addresses`. Receivers blank what they hold of
the person and return how many rows of what that was, such as `{"messages": 3}`.
"""

from django.dispatch import Signal

contact_erased = Signal()
