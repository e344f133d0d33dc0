"""The words of quotes."""

from django.db.models import TextChoices


class ReplyKind(TextChoices):
    QUOTE = "quote", "Quote"
    QUESTION = "question", "Question"
    DECLINE = "decline", "Declined"
    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledged"
    OUT_OF_OFFICE = "out_of_office", "Out of office"
    UNRELATED = "unrelated", "Unrelated"


class EntryMethod(TextChoices):
    AUTO = "auto_extracted", "Read from the reply"
    MANUAL = "ea_manual", "Logged by hand"


class QuoteStatus(TextChoices):
    NEEDS_REVIEW = "needs_review", "To check"
    CURRENT = "current", "Current"
    SUPERSEDED = "superseded", "Superseded"
    REJECTED = "rejected", "Not a quote"


class PriceBasis(TextChoices):
    TOTAL = "total", "Total"
    RANGE = "range", "Range"
    PER_PERSON = "per_person", "Per person"
    PER_HOUR = "per_hour", "Per hour"
    PER_DAY = "per_day", "Per day"
    PER_NIGHT = "per_night", "Per night"
    PER_WEEK = "per_week", "Per week"
    PER_MONTH = "per_month", "Per month"
    PER_YEAR = "per_year", "Per year"
    PER_UNIT = "per_unit", "Per unit"
