"""Runs every benchmark on a fresh database of the server DATABASE_URL names; prints one table."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from tests.bench import (  # noqa: E402
    bench_approvals,
    bench_dnc,
    bench_gate,
    bench_imports,
    bench_inbound,
    bench_leads,
    bench_lists,
    bench_scores,
    bench_segments,
    bench_sending,
    bench_sequences,
    bench_stopping,
)

# Sending first: what another benchmark leaves approved would be sent along.
MODULES = (
    bench_sending,
    bench_approvals,
    bench_inbound,
    bench_stopping,
    bench_lists,
    bench_dnc,
    bench_gate,
    bench_imports,
    bench_sequences,
    bench_scores,
    bench_segments,
    bench_leads,
)
MARKS = {True: "[green]reached[/green]", False: "[red]missed[/red]", None: ""}


def main() -> None:
    mail_backend = "django.core.mail.backends.smtp.EmailBackend"
    setup_test_environment()
    from django.conf import settings

    settings.EMAIL_BACKEND = mail_backend  # the test environment keeps mail in memory
    setup_databases(verbosity=0, interactive=False)
    User.objects.create_superuser("bench", "bench@desk.example", "bench")
    table = Table(title="Measured in one run on this machine")
    for heading in ("what", "figure", "ratio", "to reach", ""):
        table.add_column(heading)
    for module in MODULES:
        for row in module.run():
            ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
            table.add_row(row.name, row.figure, ratio, row.target, MARKS[row.ok])
    Console().print(table)


if __name__ == "__main__":
    main()
