"""The companies a portion of rows names: found by domain, then by name, made where missing."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from compliance import audit, bulk
from crm.addresses import SHARED_DOMAINS
from crm.choices import CompanyKind
from crm.imports.people import Draft
from crm.imports.problems import Reason, RefusedRowError
from crm.models import Company, ImportBatch

COMPLETED = ("domain", "industry", "employees", "is_sme")


class Employers:
    """Reads all companies of a portion with two questions; writes the new ones with one each."""

    def __init__(self, drafts: Iterable[Draft], batch: ImportBatch | None, source: str) -> None:
        self._batch, self._source, self._now = batch, source, timezone.now()
        self._by_domain: dict[str, Company] = {}
        self._by_name: defaultdict[str, list[Company]] = defaultdict(list)
        self._perhaps: dict[tuple[str, ...], Company] = {}  # new, of rows not yet taken in
        self.made: dict[Company, None] = {}
        self.completed: dict[Company, dict[str, None]] = {}
        domains, names = set(), set()
        for draft in drafts:
            domains |= {draft.domain, *map(mail_domain, draft.emails)} - {None, ""}
            names |= _spellings(draft.company_name)
        found = Company.everybody.annotate(lowered=Lower("name")).filter(
            Q(domain__in=domains) | Q(lowered__in=names)
        )
        for company in found.order_by("created_at", "pk"):
            if company.merged_into_id is None:  # joined, every company would be read each time
                self._add(company)
            else:
                self._lead_on(company)

    def find(self, draft: Draft) -> Company | None:
        """The row's company, perhaps a new one not yet kept; RefusedRowError if it is unclear."""
        mailbox = next((host for email in draft.emails if (host := mail_domain(email))), "")
        if not draft.company_name and not draft.domain:
            return self._by_domain.get(mailbox)
        same_name = self._by_name.get(draft.company_name.casefold(), [])
        if draft.domain:
            found = self._by_domain.get(draft.domain)
            # The same name under another domain is another company.
            return (
                found
                or next((one for one in same_name if not one.domain), None)
                or self._new(draft)
            )
        if len(same_name) > 1:
            own = [one for one in same_name if one.domain and one.domain == mailbox]
            if len(own) != 1:
                words = f"Several companies are called “{draft.company_name}”; give the domain."
                raise RefusedRowError(
                    Reason.AMBIGUOUS, words, column="company", value=draft.company_name
                )
            return own[0]
        return same_name[0] if same_name else self._new(draft)

    def settle(self, draft: Draft) -> None:
        """The row is taken in: its company counts from now on, with the domain it gives."""
        company = draft.company
        if company is None:
            return
        if company._state.adding and company not in self.made:
            self.made[company] = None
            self._add(company)
        if draft.domain and not company.domain:
            company.domain = draft.domain
            self._by_domain[draft.domain] = company
            self._changed(company, "domain")
        for name, value in draft.firm.told().items() if draft.firm else ():
            if getattr(company, name) in ("", None):  # a list of people does not correct companies
                setattr(company, name, value)
                self._changed(company, name)

    def _changed(self, company: Company, name: str) -> None:
        if company not in self.made:
            self.completed.setdefault(company, {})[name] = None

    def keys(self) -> list[str]:
        """What names the companies made, for the rows after these."""
        return [f"C:{one.domain or one.name.casefold()}" for one in self.made]

    def write(self, *, actor: str) -> None:
        """Keep new and completed companies, with history and ledger."""
        made, completed = list(self.made), list(self.completed)
        told = {"source": self._source}
        bulk.insert_with_history(made)
        if completed:
            for company in completed:
                company.updated_at = self._now
            bulk_update_with_history(completed, Company, [*COMPLETED, "updated_at"])
        acts = [audit.Act("company.created", one, data=told) for one in made]
        acts += [
            audit.Act("company.changed", one, data={**told, "fields": list(fields)})
            for one, fields in self.completed.items()
        ]
        audit.append_thousands(acts, actor=actor)

    def _add(self, company: Company) -> None:
        if company.domain:
            self._by_domain[company.domain] = company
        self._by_name[company.name.casefold()].append(company)

    def _lead_on(self, merged: Company) -> None:
        """What a merged company was known by leads to the one it lives on in."""
        same_name = self._by_name[merged.name.casefold()]
        if merged.standing not in same_name:
            same_name.append(merged.standing)
        if merged.domain:
            self._by_domain[merged.domain] = merged.standing

    def _new(self, draft: Draft) -> Company:
        name, source = draft.company_name or draft.domain or "", draft.source or self._source
        told = (name, draft.domain or "", draft.country, source)
        if told not in self._perhaps:
            self._perhaps[told] = bulk.new(
                Company, name=name, domain=draft.domain, country=draft.country,
                source=source[:120], kind=CompanyKind.PROSPECT.value,
                batch_id=self._batch and self._batch.pk,
                created_at=self._now, updated_at=self._now,
            )  # fmt: skip
        return self._perhaps[told]


def mail_domain(email: str) -> str:
    """The domain of a mailbox, “” where everybody has one."""
    host = email.rpartition("@")[2]
    return "" if host in SHARED_DOMAINS else host


def _spellings(name: str) -> set[str]:
    """SQLite lowers ASCII only, PostgreSQL every letter: both spellings are asked for."""
    ascii_lower = "".join(sign.lower() if sign.isascii() else sign for sign in name)
    return {name.lower(), ascii_lower} if name else set()
