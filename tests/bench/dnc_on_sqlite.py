"""The do-not-call rows on a fresh SQLite database, as JSON: `bench_dnc` runs this on its own."""

import json
import os
from dataclasses import asdict

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import bench_dnc  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    print(json.dumps([asdict(row) for row in bench_dnc.measure()]))


if __name__ == "__main__":
    main()
