"""App configuration: what we say and hear."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OutreachConfig(AppConfig):
    name = "outreach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_q.signals import post_spawn

        from compliance.evidence import register_records, register_rows
        from compliance.signals import opted_out
        from crm import holdings
        from crm.pipeline import board, timeline
        from crm.segments import exclusions, registry
        from crm.signals import contact_erased, contacts_merged
        from outreach import merging
        from outreach.answers.hearing import draft_soon
        from outreach.conversations.rulebook import install_rules
        from outreach.erasure import erase_person
        from outreach.evidence import records_of, rows_of
        from outreach.holdings import collect
        from outreach.lead_talks import events_of, talks_of
        from outreach.opting_out import stop_who_opted_out
        from outreach.pause import ensure_policy
        from outreach.schedules import at_worker_start, ensure_schedules
        from outreach.segment_fields import outreach_fields, outreach_reasons
        from outreach.sequences.install import install_after_migrate
        from outreach.signals import answer_wanted
        from outreach.webhooks.hearing import tell_opted_out

        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="outreach.schedules")
        post_spawn.connect(at_worker_start, dispatch_uid="outreach.start")
        post_migrate.connect(ensure_policy, sender=self, dispatch_uid="outreach.policy")
        post_migrate.connect(install_rules, sender=self, dispatch_uid="outreach.rules")
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="outreach.sequences")
        contact_erased.connect(erase_person, dispatch_uid="outreach.contact_erased")
        contacts_merged.connect(merging.judge_anew, dispatch_uid="outreach.contacts_merged")
        merging.register()
        holdings.register(collect)
        board.register(talks_of)
        timeline.register(events_of)
        opted_out.connect(stop_who_opted_out, dispatch_uid="outreach.opted_out")
        answer_wanted.connect(draft_soon, dispatch_uid="outreach.answers")
        opted_out.connect(tell_opted_out, dispatch_uid="outreach.webhooks.opted_out")
        register_rows(rows_of)
        register_records(records_of)
        registry.register(outreach_fields())
        exclusions.register(outreach_reasons())
