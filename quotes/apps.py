"""App configuration: what they offer."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class QuotesConfig(AppConfig):
    name = "quotes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm import holdings
        from crm.merging import review
        from crm.signals import contact_erased
        from outreach.signals import reply_received
        from outreach.thread import annotators
        from quotes.annotations import annotate_quotes
        from quotes.erasure import erase_person
        from quotes.holdings import collect
        from quotes.merging import count_of
        from quotes.schedules import ensure_schedules, read_soon

        contact_erased.connect(erase_person, dispatch_uid="quotes.contact_erased")
        holdings.register(collect)
        review.register(count_of)
        reply_received.connect(read_soon, dispatch_uid="quotes.read_soon")
        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="quotes.schedules")
        if annotate_quotes not in annotators:
            annotators.append(annotate_quotes)
