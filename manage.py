#!/usr/bin/env python
"""Django's command line."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, connection

    try:
        execute_from_command_line(sys.argv)
    except DatabaseError:
        from config.health import database_problem

        connection.close()
        problem = database_problem()
        if not problem:  # a mistake of ours stays a crash
            raise
        sys.exit(f"{problem} See DATABASE_URL and VAR_DIR; then give the command again.")


if __name__ == "__main__":
    main()
