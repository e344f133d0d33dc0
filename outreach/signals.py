"""The news outreach carries upward; sent after commit, connected in the apps above.

`message_sent(message_id)`, `reply_received(message_id)`, `answer_wanted(message_id)` (a question
that the draft of an answer is wanted for): with `sender=Message`, ids as UUID.
"""

from django.dispatch import Signal

message_sent = Signal()
reply_received = Signal()
answer_wanted = Signal()
