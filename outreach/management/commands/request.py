"""`manage.py request`: turn what a client said into a request."""

import json
from typing import IO, Annotated, cast

import typer
from django.core.management import CommandError
from django_typer.management import TyperCommand, command, initialize
from rich.console import Console
from rich.table import Table

from compliance.actors import UnknownActorError, acting_user
from crm.choices import Tier
from crm.models import Category, Request
from outreach.actors import name_of
from outreach.briefs.create import create_request
from outreach.errors import OutreachError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsUser = Annotated[str, typer.Option("--user", envvar="ATTACHE_USER", help="In whose name.")]


class Command(TyperCommand):
    help = "Requests: create one from free text."

    @initialize()
    def noun(self) -> None:
        """Requests: create one from free text."""

    @command(help="Understand a brief and store it; what is missing is asked for.")
    def create(
        self,
        text: Annotated[str, typer.Argument(help="What the client said.")],
        client: Annotated[str, typer.Option(help="Who asks.")] = "",
        tier: Annotated[Tier | None, typer.Option(help="Overrules the reading.")] = None,
        category: Annotated[str, typer.Option(help="Slug; overrules the reading.")] = "",
        user: AsUser = "",
        as_json: AsJson = False,
    ) -> None:
        if not any(letter.isalnum() for letter in text):
            raise CommandError("The text is empty: say in a sentence what is wanted.")
        if category and not Category.objects.filter(slug=category, active=True).exists():
            known = Category.objects.filter(active=True).values_list("slug", flat=True)
            names = ", ".join(sorted(known))
            raise CommandError(f"There is no category “{category}”; there are: {names}.")
        try:
            person = acting_user(user, permission="crm.add_request")
            request = create_request(
                text,
                actor=name_of(person),
                client_name=client,
                tier=tier,
                category=category or None,
                created_by=person,
            )
        except (OutreachError, UnknownActorError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(as_data(request), ensure_ascii=False))
        else:
            self.show(request)

    def show(self, request: Request) -> None:
        """What was understood, and what to ask the client."""
        console = Console(file=cast(IO[str], self.stdout), markup=False, highlight=False)
        table = Table(show_header=False)
        table.add_row("Request", str(request.pk))
        table.add_row("Category", str(request.category or "not clear"))
        table.add_row("Tier", request.get_tier_display())
        for name, value in request.constraints.items():
            table.add_row(name.replace("_", " "), str(value))
        console.print(table)
        for line in [*request.problems, *(gap["question"] for gap in request.missing)]:
            console.print(f"? {line}")


def as_data(request: Request) -> dict[str, object]:
    """As the API answers it."""
    return {
        "id": str(request.pk),
        "category": request.category.slug if request.category else None,
        "tier": request.tier,
        "summary": request.summary,
        "constraints": request.constraints,
        "missing_fields": request.missing,
        "problems": request.problems,
    }
