"""The news compliance carries upward, connected in the apps above.

`opted_out(kind, address, words, source, received_at, reason, scope, actor)`, with
`sender=Suppression`: one address of a person who asked us to stop, sent in the transaction that
suppresses it. Receivers stop what waits for that person and return how many messages that was.
"""

from django.dispatch import Signal

opted_out = Signal()
