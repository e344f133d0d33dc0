"""`manage.py segment`: try a definition, keep it as a segment, hand its people out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any, cast

import typer
from django.contrib.auth.models import User
from django.core.management import CommandError
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table

from compliance import audit
from compliance.actors import UnknownActorError, acting_user
from compliance.spreadsheets import write_rows
from crm.errors import CrmError
from crm.management.exporting import handed_out, who_may
from crm.models import Segment, SegmentVersion
from crm.segments import preview, registry, versions
from crm.segments.definition import DefinitionError, Group, as_data, parse, read_text
from crm.segments.export import rows_of
from crm.segments.where import read_lines
from crm.segments.words import in_words, value_words

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]
OfSegment = Annotated[str, typer.Argument(help="The segment's name or id.")]
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
    help = "Segments: create, list, preview, export, fields."

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

    @command(help="Keep a definition as a segment; for one that exists, as its next version.")
    def create(
        self,
        name: Annotated[str, typer.Argument(help="What it is called.")],
        where: Where = None,
        definition: DefinitionFile = None,
        description: Annotated[str, typer.Option(help="What it is for.")] = "",
        note: Annotated[str, typer.Option(help="What changed.")] = "",
        dry_run: Annotated[bool, typer.Option(help="Only say what would be kept.")] = False,
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        with refusals():
            person = acting_user(user, permission="crm.add_segment")
            group = read_definition(where, definition)
            data, version = as_data(group), None
            if not dry_run:
                version = keep(name, data, person=person, description=description, note=note)
        told: dict[str, Any] = {
            "id": str(version.segment_id) if version else None, "name": name,
            "version": version.number if version else None, "words": in_words(group),
            "count": preview.count(group), "dry_run": dry_run,
        }  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        kept = f"Version {told['version']} of “{name}” is kept" if version else "Nothing kept"
        self.stdout.write(f"{kept}. {told['words']}: {told['count']}")

    @command(name="list", help="Every segment with what it asks and how many it means now.")
    def list_all(
        self,
        archived: Annotated[bool, typer.Option(help="Those put away.")] = False,
        as_json: AsJson = False,
    ) -> None:
        rows = []
        for one in Segment.objects.filter(archived_at__isnull=not archived).order_by("name"):
            version = versions.newest(one)
            try:
                group = versions.definition_of(version)
                words, found = in_words(group), preview.count(group)
            except DefinitionError as error:
                words, found = str(error), None
            rows.append({"id": str(one.pk), "name": one.name, "version": version.number,
                         "count": found, "words": words})  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        table = Table("Segment", "Version", "People", "Whom it means")
        for row in rows:
            table.add_row(*(str(row[name]) for name in ("name", "version", "count", "words")))
        self.show(table)

    @command(help="Write the people of a segment to a CSV file, or to the screen.")
    def export(
        self,
        segment: OfSegment,
        file: Annotated[Path | None, typer.Argument(help="Where to; left out: the screen.")] = None,
        user: AsUser = "",
    ) -> None:
        actor = who_may(user, "crm.export_segment").get_username()
        with refusals():
            one = versions.find_segment(segment)
            version = versions.newest(one)
            group = versions.definition_of(version)
        data = {"version": version.number, "people": preview.count(group)}
        act = audit.Act("segment.exported", one, data=data)
        rows = rows_of(group)
        with handed_out(act, file, self.stdout, actor=actor, encoding="utf-8-sig") as out:
            write_rows(out, next(rows), rows)
        if file:
            self.stderr.write(f"{data['people']} people written to {file}.")

    @command(help="How many a definition or segment finds, and the first of them.")
    def preview(
        self,
        segment: Annotated[str, typer.Argument(help="A segment’s name or id.")] = "",
        where: Where = None,
        definition: DefinitionFile = None,
        limit: Annotated[int, typer.Option(min=1, max=1000, help="Show so many.")] = 10,
        as_json: AsJson = False,
    ) -> None:
        with refusals():
            if segment and not where and not definition:
                group = versions.definition_of(versions.newest(versions.find_segment(segment)))
            else:
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


@contextmanager
def refusals() -> Iterator[None]:
    """Expected refusals end the command with their own words and exit code 1."""
    try:
        yield
    except DefinitionError as error:
        raise CommandError("\n".join(one.text for one in error.problems)) from error
    except (CrmError, UnknownActorError) as refusal:
        raise CommandError(str(refusal)) from refusal


def keep(
    name: str, data: dict[str, Any], *, person: User, description: str, note: str
) -> SegmentVersion:
    """A new segment, or the next version of the one that has this name."""
    actor = person.get_username()
    known = Segment.objects.filter(name__iexact=name.strip(), archived_at=None).first()
    if known is not None:
        return versions.write_version(known, data, actor=actor, note=note)
    made = versions.create_segment(
        name, data, actor=actor, owner=person, description=description, note=note
    )
    return versions.newest(made)


def read_definition(where: list[str] | None, file: Path | None) -> Group:
    """The definition that was typed or stands in the file."""
    if bool(where) == bool(file):
        raise CommandError("Say whom: --where “FIELD OPERATOR VALUE”, or --definition FILE.json.")
    try:
        data: Any = read_text(file.read_text(encoding="utf-8-sig")) if file else None
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8.") from error
    return parse(data if file else read_lines(where or []))
