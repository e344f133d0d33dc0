"""Settings that cannot work are told at start, with an id and what to do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anymail.backends import __path__ as backends_path
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.core.checks import Warning as Caution
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from outreach.inbound.webhooks import closed_doors, configured_inbound

EXAMPLE = (".example", ".invalid", ".localhost")
BUILT_IN = frozenset({"smtp", "console"})


def known_providers() -> frozenset[str]:
    """Every name EMAIL_PROVIDER may take."""
    return BUILT_IN | {
        path.stem for folder in backends_path for path in Path(folder).glob("[a-z]*.py")
        if path.stem not in {"base", "base_requests", "console", "test"}
    }  # fmt: skip


@register(Tags.compatibility)
def check_providers(**_options: Any) -> list[CheckMessage]:
    """The configured mail provider and inbound provider exist, and their posts can be checked."""
    found: list[CheckMessage] = []
    if settings.EMAIL_PROVIDER not in known_providers():
        hint = f"Use one of: {', '.join(sorted(known_providers()))}."
        found.append(
            Error(f"EMAIL_PROVIDER is “{settings.EMAIL_PROVIDER}”.", hint=hint, id="attache.E001")
        )
    try:
        configured_inbound()
    except Exception as error:
        found.append(
            Error(str(error), hint="Set INBOUND_ESP to an anymail provider.", id="attache.E002")
        )
    hint = "Correct or remove its ANYMAIL_… key; Resend's signatures need `pip install svix`."
    found += [Error(f"No post is let in: {one}", hint=hint, id="attache.E004")
              for one in closed_doors()]  # fmt: skip
    return found


@register(Tags.security, deploy=True)
def check_production(**_options: Any) -> list[CheckMessage]:
    """What production must not run with."""
    found: list[CheckMessage] = []
    if not settings.PRODUCTION:
        hint = "Set PRODUCTION=1: it turns on secure cookies, HSTS and hashed static files."
        found.append(Caution("PRODUCTION is off.", hint=hint, id="attache.W001"))
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        hint = "Set DATABASE_URL=postgres://…; SQLite serves one host and few workers."
        found.append(Caution("Production runs on SQLite.", hint=hint, id="attache.W002"))
    if not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        hint = "Set ANYMAIL_WEBHOOK_SECRET=user:password and put it in the webhook addresses."
        found.append(
            Caution("Webhooks without signatures are closed.", hint=hint, id="attache.W003")
        )
    if settings.INBOUND_DOMAIN.endswith(EXAMPLE):
        hint = "Set INBOUND_DOMAIN to the domain whose mail your provider receives for you."
        found.append(Caution("Replies go to an example domain.", hint=hint, id="attache.W004"))
    if settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXIES:
        hint = (
            "Set TRUSTED_PROXIES to how many stand before the web server, else a page asked for by "
            "https is sent to https without end. 0 is right where gunicorn holds the certificate."
        )
        found.append(Info("No proxy is trusted to tell https.", hint=hint, id="attache.I001"))
    if settings.DEMO:
        found.append(Error("DEMO is on in a deployment.", hint="Unset DEMO.", id="attache.E003"))
    return found


@register(Tags.database)
def check_history(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """No database stands in the middle of steps that have become one; `migrate` asks this first."""
    return [
        Error(
            f"The database “{name}” has some of the steps that {app}.{step} replaces, not all.",
            hint="Run `manage.py migrate` of the last version that had them, or start with an "
            "empty database; the demo's is var/attache.sqlite3.",
            id="attache.E005",
        )
        for name in databases or ()
        for app, step in halfway(name)
    ]


def halfway(database: str) -> list[tuple[str, str]]:
    """The squashed migrations, as (app, name), of whose steps this database has only a part."""
    loader = MigrationLoader(connections[database], replace_migrations=False, load=False)
    loader.load_disk()
    done = MigrationRecorder(connections[database]).applied_migrations()
    return [
        step
        for step, migration in sorted(loader.disk_migrations.items())
        if step not in done
        and 0 < sum(one in done for one in migration.replaces) < len(migration.replaces)
    ]
