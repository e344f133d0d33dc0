"""What quotes holds about a person: the offers in their threads."""

from crm.holdings import Part, Whom, as_data, named
from quotes.models import Quote


def collect(whom: Whom) -> Part:
    """Every quote of the person's threads, with the words it was read from."""
    rows = list(Quote.objects.filter(enrollment__contact=whom.contact))
    return Part({"quotes": [as_data(row) for row in rows]}, named(rows))
