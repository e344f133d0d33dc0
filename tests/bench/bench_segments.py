"""Counting and paging segments over 1,000,000 contacts, against the same question in plain SQL."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from crm.segments import preview
from crm.segments.definition import parse
from tests.bench.rows import Row, at_most
from tests.factories import make_campaign

CONTACTS, COMPANIES, THREADS = 1_000_000, 100_000, 300_000
ROLES = "ARRAY['CTO','Head of IT','Director of Sales','CEO','CFO','Deputy CTO','CMO','Buyer']"
FILL = f"""
INSERT INTO crm_company (id, name, kind, tin, registration_number, description, regions, city,
    country, timezone, preferred_channel, active, notes, industry, employees, is_sme, status, tags,
    research, source, times_contacted, times_replied, created_at, updated_at)
SELECT gen_random_uuid(), 'Firm ' || n, 'prospect', '', '', '', '[]', '',
    (ARRAY['RU','US','DE','FR','ES'])[1 + n % 5], '', 'email', true, '',
    CASE WHEN n % 50 = 0 THEN 'Fintech' ELSE 'Trade ' || n % 40 END, n % 900, n % 3 = 0, 'new',
    '[]', '', 'bench', 0, 0, now(), now()
FROM generate_series(1, {COMPANIES}) n;
CREATE TEMP TABLE firms AS SELECT id, row_number() OVER () AS n FROM crm_company
    WHERE source = 'bench';
CREATE INDEX ON firms (n);
INSERT INTO crm_contact (id, company_id, name, role, language, timezone, country, state,
    postal_code, county, is_primary, status, tags, source, ai_research_data, created_at, updated_at)
SELECT gen_random_uuid(), firms.id, 'Person ' || c, ({ROLES})[1 + c % 8], 'en', '',
    (ARRAY['RU','US','DE','FR','ES'])[1 + c % 5], '', '', '', false,
    (ARRAY['new','researched','qualified'])[1 + c % 3],
    CASE WHEN c % 20 = 0 THEN '["vip"]'::jsonb ELSE '[]'::jsonb END, 'bench', '{{{{}}}}',
    now() - make_interval(days => c % 700), now()
FROM generate_series(1, {CONTACTS}) c JOIN firms ON firms.n = 1 + c % {COMPANIES};
INSERT INTO outreach_enrollment (id, campaign_id, contact_id, channel, status, token,
    match_reasons, needs_person, stop_reason, notes, variant, step, zone, facts, paused_by,
    last_outbound_at, created_at, updated_at)
SELECT gen_random_uuid(), '{{campaign}}', id, 'email', 'completed', replace(id::text, '-', ''),
    '[]', false, '', '', '', 1, '', '{{{{}}}}', '',
    now() - make_interval(days => (random() * 200)::int), now(), now()
FROM (SELECT id FROM crm_contact WHERE source = 'bench' LIMIT {THREADS}) chosen;
"""
# Each: its conditions, and the same question as somebody who knows the tables would write it.
ASKED: dict[str, tuple[list[dict[str, Any]], str]] = {
    "fintech, CTO or head of IT, silent for 60 days": (
        [{"field": "company.industry", "op": "is", "value": "fintech"},
         {"field": "contact.role", "op": "word", "value": ["CTO", "Head of IT"]},
         {"field": "outreach.contacted", "op": "not_in_last", "value": 60}],
        r"""FROM crm_contact c JOIN crm_company f ON f.id = c.company_id
        WHERE c.erased_at IS NULL AND c.merged_into_id IS NULL
          AND upper(f.industry) = 'FINTECH'
          AND (c.role ~* '(^|\W)CTO(\W|$)' OR c.role ~* '(^|\W)Head of IT(\W|$)')
          AND NOT EXISTS (SELECT 1 FROM outreach_enrollment e WHERE e.contact_id = c.id
            AND e.last_outbound_at >= now() - interval '60 days')""",
    ),
    "one position, one country, small companies": (
        [{"field": "contact.role", "op": "is", "value": "cto"},
         {"field": "company.country", "op": "is", "value": "RU"},
         {"field": "company.sme", "op": "is", "value": True}],
        """FROM crm_contact c JOIN crm_company f ON f.id = c.company_id
        WHERE c.erased_at IS NULL AND c.merged_into_id IS NULL
          AND upper(c.role) = 'CTO' AND f.country = 'RU' AND f.is_sme""",
    ),
    "a tag, a status, added in the last 90 days": (
        [{"field": "contact.tags", "op": "has_any", "value": ["vip"]},
         {"field": "contact.status", "op": "is", "value": "qualified"},
         {"field": "contact.added", "op": "in_last", "value": 90}],
        """FROM crm_contact c WHERE c.erased_at IS NULL AND c.merged_into_id IS NULL
          AND c.tags @> '["vip"]' AND c.status = 'qualified'
          AND c.created_at >= now() - interval '90 days'""",
    ),
}  # fmt: skip


def run() -> list[Row]:
    """Median of five: the count, the first page, and the count in plain SQL."""
    campaign = make_campaign(name="Bench of segments")
    with connection.cursor() as cursor:
        for statement in FILL.format(campaign=campaign.pk).split(";\n"):
            if statement.strip():
                cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does within a minute of such a load
    rows: list[Row] = []
    for name, (conditions, sql) in ASKED.items():
        rows += _measured(name, conditions, sql)
    return rows


def _measured(name: str, conditions: list[dict[str, Any]], sql: str) -> list[Row]:
    group = parse({"conditions": conditions})
    expected = _plain(f"SELECT count(*) {sql}")
    assert preview.count(group) == expected, name
    ours = _milliseconds(lambda: preview.count(group))
    plain = _milliseconds(lambda: _plain(f"SELECT count(*) {sql}"))
    first = _milliseconds(lambda: preview.page(group))
    what = f"segment of 1,000,000: {name}"
    figure = f"{expected:,} in {ours:.0f} ms, plain SQL {plain:.0f} ms"
    return [
        at_most(f"{what}: count", figure, ours, 300, "ms"),
        Row(f"{what}: against SQL", figure, ours / plain, "≤ 1.5", ours <= plain * 1.5),
        at_most(f"{what}: first page", f"{first:.0f} ms", first, 300, "ms"),
    ]


def _plain(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def _milliseconds(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
