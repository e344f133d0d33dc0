"""`manage.py segment`: who a definition means, tried before it is saved."""

import json
from pathlib import Path
from typing import IO, Annotated, Any, cast

import typer
from django.core.management import CommandError
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table

from crm.segments import preview, registry
from crm.segments.definition import DefinitionError, Group, parse, read_text
from crm.segments.where import read_lines
from crm.segments.words import in_words, value_words

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where", help="“FIELD OPERATOR VALUE”, such as “contact.role word CTO; CIO”; again."
    ),
]
DefinitionFile = Annotated[
    Path | None, typer.Option("--definition", help="A JSON file with the whole definition.")
]


class Command(TyperCommand):
    help = "Segments: fields, preview."

    @command(name="fields", help="What may be asked, and how.")
    def list_fields(self, as_json: AsJson = False) -> None:
        if as_json:
            rows = [
                {"field": one.name, "of": one.source.heading, "label": one.label,
                 "kind": one.kind.value, "operators": list(one.operators)}
                for one in registry.fields()
            ]  # fmt: skip
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        table = Table("Field", "What", "Kind", "Operators")
        for one in registry.fields():
            what = f"{one.source.heading}: {one.label}"
            table.add_row(one.name, what, one.kind, ", ".join(one.operators))
        self.show(table)

    @command(help="How many a definition finds, and the first of them.")
    def preview(
        self,
        where: Where = None,
        definition: DefinitionFile = None,
        limit: Annotated[int, typer.Option(min=1, max=1000, help="Show so many.")] = 10,
        as_json: AsJson = False,
    ) -> None:
        group = read_definition(where, definition)
        found = preview.count(group)
        page = preview.page(group, size=limit)
        notices = preview.notices(group, found)
        if as_json:
            members = [
                {"id": str(one.contact.pk), "name": str(one.contact), "known": one.known}
                for one in page.members
            ]
            data = {"count": found, "words": in_words(group), "notices": notices,
                    "members": members}  # fmt: skip
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        self.stdout.write(f"{in_words(group)}: {found}")
        for notice in notices:
            self.stdout.write(notice)
        if page.members:
            self.show(members_table(page))

    def show(self, table: Table) -> None:
        """A table as wide as it needs to be."""
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        console.print(table)


def members_table(page: preview.Page) -> Table:
    """The people of a page with what they were found by."""
    table = Table("Person", "Company", *(one.label for one in page.fields))
    for member in page.members:
        known = [value_words(one.kind, member.known.get(one.name)) for one in page.fields]
        table.add_row(str(member.contact), str(member.contact.company or ""), *known)
    return table


def read_definition(where: list[str] | None, file: Path | None) -> Group:
    """The definition that was typed or stands in the file; CommandError names each fault."""
    if bool(where) == bool(file):
        raise CommandError("Say whom: --where “FIELD OPERATOR VALUE”, or --definition FILE.json.")
    try:
        data: Any = read_text(file.read_text(encoding="utf-8-sig")) if file else None
        return parse(data if file else read_lines(where or []))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8.") from error
    except DefinitionError as error:
        raise CommandError("\n".join(one.text for one in error.problems)) from error
