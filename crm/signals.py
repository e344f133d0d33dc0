"""The news crm carries upward, connected in the apps above.

`contact_erased(contact, addresses, actor)`, with `sender=Contact`: sent in the transaction that
erases, while the rows still hold the (kind, value) `addresses`. Receivers blank what they hold of
the person and return how many rows of what that was, such as `{"messages": 3}`.

`contacts_merged(fold)`, with `sender=Contact` or `Company`: sent in the transaction that merges,
once everything points at the survivor and wishes to stop hold for all addresses. Receivers judge
anew what waits, and say in `fold.story.told` what became of it; see `crm.merging.links.Fold`.
"""

from django.dispatch import Signal

contact_erased = Signal()
contacts_merged = Signal()
