"""The rows of `bench_imports` on a fresh SQLite database, as JSON, in a process of its own."""

import json
import os
from dataclasses import asdict

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import bench_imports  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    print(json.dumps([asdict(row) for row in bench_imports.measure()]))


if __name__ == "__main__":
    main()
