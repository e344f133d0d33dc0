"""Stores the scores of a portion: set-wise, by COPY into a table of the moment and one UPDATE."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from crm.choices import Scored
from crm.models import CompanyScore, ContactScore, Lead, LeadScore
from crm.models.scoring import HeldScore
from crm.scoring.score import Line, Score

HELD: dict[Scored, type[HeldScore]] = {
    Scored.LEAD: LeadScore, Scored.CONTACT: ContactScore, Scored.COMPANY: CompanyScore,
}  # fmt: skip
COLUMNS = (
    "version_id", "points", "percent", "tier", "fit", "referral_capacity", "signal_strength",
    "lines", "seen_until",
)  # fmt: skip
TYPES = {
    "version_id": "uuid", "points": "float8", "percent": "float8", "tier": "varchar(10)",
    "fit": "float8", "referral_capacity": "float8", "signal_strength": "float8",
    "lines": "jsonb", "seen_until": "timestamptz", "listed": "float8",
    "listed_tier": "varchar(10)",
}  # fmt: skip
# A million leads have five million lines: `asdict` would take half the time of scoring them.
OF_LINE = tuple(one.name for one in fields(Line))
known_of = attrgetter(*OF_LINE)


@dataclass(frozen=True, slots=True)
class Given:
    """A row's new score; `listed` and `listed_tier` are those of the list a lead came with."""

    key: UUID
    score: Score
    listed: float | None = None
    listed_tier: str = ""


def lines_as_data(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines as they are stored."""
    return [dict(zip(OF_LINE, known_of(line), strict=True)) for line in lines]


def store(subject: Scored, given: Sequence[Given], *, version: UUID, seen_until: datetime) -> None:
    """Write the scores, and a lead's points and tier onto the lead; in the caller's transaction.

    No history is written and `updated_at` stays: a score follows from data, it is none itself.
    """
    if not given:
        return
    columns = (*COLUMNS, "listed", "listed_tier") if subject == Scored.LEAD else COLUMNS
    rows = [_row(one, version, seen_until, columns) for one in given]
    if connection.vendor == "postgresql":
        _copy(subject, rows, columns)
    else:
        _one_by_one(subject, given, rows, columns)


def _row(
    one: Given, version: UUID, seen_until: datetime, columns: Sequence[str]
) -> tuple[Any, ...]:
    score, parts = one.score, one.score.parts
    lines = json.dumps(lines_as_data(score.lines), ensure_ascii=False)
    row = (
        one.key, version, score.total, score.percent, score.tier,
        parts["fit"].percent, parts["referral_capacity"].percent,
        parts["signal_strength"].percent, lines, seen_until,
    )  # fmt: skip
    return (*row, one.listed, one.listed_tier) if "listed" in columns else row


def _copy(subject: Scored, rows: list[tuple[Any, ...]], columns: Sequence[str]) -> None:
    model = HELD[subject]
    key = sql.Identifier(str(model._meta.pk.column))  # type: ignore[union-attr]
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    shape = ", ".join(f"{name} {TYPES[name]}" for name in columns)
    into = sql.Identifier(model._meta.db_table)
    anew = sql.SQL(", ").join(
        sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in columns
    )
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS scored_{subject} (id uuid, {shape}) "
            "ON COMMIT DELETE ROWS"
        )
        temporary = sql.Identifier(f"scored_{subject}")
        cursor.execute(sql.SQL("DELETE FROM {}").format(temporary))
        copying = sql.SQL("COPY {} (id, {}) FROM STDIN").format(temporary, names)
        with cursor.copy(copying) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            sql.SQL(
                "INSERT INTO {into} ({key}, {names}) "
                "SELECT s.id, {read} FROM {temporary} s "
                "JOIN {owner} o ON o.id = s.id ORDER BY s.id FOR KEY SHARE OF o "
                "ON CONFLICT ({key}) DO UPDATE SET {anew}"
            ).format(
                into=into, key=key, names=names, temporary=temporary, anew=anew,
                owner=sql.Identifier(f"crm_{subject}"),
                read=sql.SQL(", ").join(sql.SQL("s.{}").format(sql.Identifier(c)) for c in columns),
            )
        )  # fmt: skip
        if subject == Scored.LEAD:
            cursor.execute(
                "UPDATE crm_lead l SET score = s.points, tier = s.tier FROM scored_lead s "
                "WHERE l.id = s.id AND (l.score, l.tier) IS DISTINCT FROM (s.points, s.tier)"
            )


def _one_by_one(
    subject: Scored, given: Sequence[Given], rows: list[tuple[Any, ...]], columns: Sequence[str]
) -> None:
    """For SQLite, whose one writer holds the lock already: prepared statements over all rows."""
    model = HELD[subject]
    key = str(model._meta.pk.column)  # type: ignore[union-attr]
    anew = ", ".join(f"{name} = excluded.{name}" for name in columns)
    marks = ", ".join(["%s"] * (len(columns) + 1))
    seen = connection.ops.adapt_datetimefield_value(rows[0][columns.index("seen_until") + 1])
    plain = [
        tuple(
            value.hex if isinstance(value, UUID) else seen if isinstance(value, datetime) else value
            for value in row
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        # Names of our own tables and columns; every value is a parameter.
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({key}, {', '.join(columns)}) "  # noqa: S608
            f"VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {anew}",
            plain,
        )
        if subject == Scored.LEAD:
            cursor.executemany(
                f"UPDATE {Lead._meta.db_table} SET score = %s, tier = %s "  # noqa: S608
                "WHERE id = %s AND (score IS NOT %s OR tier IS NOT %s)",
                [
                    (s.total, s.tier, one.key.hex, s.total, s.tier)
                    for one in given for s in [one.score]
                ],
            )  # fmt: skip
