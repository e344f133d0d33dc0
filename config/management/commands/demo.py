"""`manage.py demo`: the desk with a town around it, on this machine, with nothing to set up."""

import os
import secrets
import sys
from datetime import timedelta
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import CommandError, call_command
from django_typer.management import TyperCommand, command, initialize
from rich.console import Console
from rich.panel import Panel

from config.demo import clock, moving_in, processes, seed
from config.demo.owners import load_owners
from config.demo.playing import Player
from config.demo.texting import Phones
from config.demo.town import load_town
from config.demo.world import World

console = Console()


class Command(TyperCommand):
    help = "Try the product: web, worker and a town of people who answer."

    @initialize(invoke_without_command=True)
    def root(
        self,
        context: typer.Context,
        reset: Annotated[
            bool, typer.Option("--reset", help="Empty the database and start over.")
        ] = False,
    ) -> None:
        if reset:
            self.prepare()
            seed.reset()
            clock.start_over()
            console.print("The demo world starts over. Run `make run` to see it.")
        elif context.invoked_subcommand is None:
            self.run()

    @command(help="Migrate, fill an empty database, and start web, worker and town.")
    def run(
        self,
        port: Annotated[int, typer.Option(help="Port of the web server.")] = 8000,
        pace: Annotated[float, typer.Option(help="Scales the vendors' delays.")] = 1.0,
    ) -> None:
        if not processes.is_free(port):
            console.print(f"[red]Port {port} is taken. Try `make run PORT={port + 1}`.[/red]")
            raise typer.Exit(1)
        self.prepare()
        if seed.is_empty():
            seed.seed()
        smtp_port, sms_port = processes.free_port(2525), processes.free_port(2526)
        environment = demo_environment(port=port, smtp_port=smtp_port, sms_port=sms_port)
        console.print(welcome(port))
        commands = {
            "web": processes.web_command(port),
            "worker": processes.manage_command("qcluster"),
            "town": processes.manage_command(
                "demo",
                "world",
                "--port",
                str(port),
                "--smtp-port",
                str(smtp_port),
                "--sms-port",
                str(sms_port),
                "--pace",
                str(pace),
            ),
        }
        sys.exit(processes.run_together(commands, environment))

    @command(help="Turn the demo's clock forward: --hours, --days, or --play to run fast.")
    def turn(
        self,
        hours: Annotated[int, typer.Option(min=0, help="Hours to turn forward.")] = 0,
        days: Annotated[int, typer.Option(min=0, help="Days to turn forward.")] = 0,
        play: Annotated[int, typer.Option(min=0, help="Let so many days pass, fast.")] = 0,
    ) -> None:
        try:
            if hours or days:
                clock.turn(timedelta(hours=hours, days=days))
            if play:
                clock.play(play)
        except (clock.TooFarError, ValueError) as refusal:
            raise CommandError(str(refusal)) from refusal
        console.print(f"In the demo it is {clock.now():%a %d %b %Y %H:%M} UTC.")

    @command(help="Fill the database with the demo desk, its vendors and its requests.")
    def seed(self) -> None:
        self.prepare()
        if not seed.is_empty():
            console.print("The database is not empty; `manage.py demo --reset` starts over.")
            raise typer.Exit(1)
        seed.seed()
        console.print("The demo desk is set up.")

    @command(help="Only the town: take mail and texts on their ports, and answer by webhook.")
    def world(
        self,
        port: Annotated[int, typer.Option(help="Port of the web server.")] = 8000,
        smtp_port: Annotated[int, typer.Option(help="Port to take mail on.")] = 2525,
        sms_port: Annotated[int, typer.Option(help="Port to take texts on.")] = 2526,
        pace: Annotated[float, typer.Option(help="Scales everybody's delays.")] = 1.0,
    ) -> None:
        base_url, owners = f"http://127.0.0.1:{port}", load_owners()
        world = World(
            load_town(),
            base_url=base_url,
            secret=str(settings.ANYMAIL.get("WEBHOOK_SECRET", "")),
            smtp_port=smtp_port,
            pace=pace,
            owners=owners.owner,
        )
        phones = Phones(
            owners,
            base_url=base_url,
            account=settings.TWILIO_ACCOUNT_SID,
            token=settings.TWILIO_AUTH_TOKEN,
            pace=pace,
        )
        world.start()
        phones.stand_in.start(sms_port)
        if not moving_in.moved_in():
            moving_in.move_in()
        player = Player(lambda: phones.busy() or world.owners_busy())
        try:
            clock.keep_playing(
                player.wake, running=lambda: True, ready=player.is_ready, step=player.step
            )
        except KeyboardInterrupt:
            world.stop()
            phones.stand_in.stop()

    def prepare(self) -> None:
        """Bring the database up to date."""
        seed.migrate()
        call_command("createcachetable", verbosity=0)


def demo_environment(*, port: int, smtp_port: int, sms_port: int) -> dict[str, str]:
    """What the demo's processes share: mail and texts go to the town, which signs its webhooks."""
    seller = load_owners().seller
    return {
        "DEMO": "1",
        "EMAIL_PROVIDER": "smtp",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp_port),
        "INBOUND_ESP": "postmark",
        "ANYMAIL_WEBHOOK_SECRET": f"town:{secrets.token_urlsafe(24)}",
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_FROM": seller.number,
        "TWILIO_API_URL": f"http://127.0.0.1:{sms_port}",
        "SELLER_NAME": seller.name,
        "SELLER_POSTAL_ADDRESS": seller.postal_address,
        "BRAND": seller.name,
        "CONTACT": seller.contact,
        "DNC_SAN": seller.san,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": os.environ.get("PYTHONUNBUFFERED", "1"),
    }


def welcome(port: int) -> Panel:
    """The address, and who may log in."""
    lines = [
        f"Attaché is at [bold]http://127.0.0.1:{port}/[/bold]",
        "",
        *(
            f"{person.role:<8} [bold]{person.username}[/bold] / [bold]{seed.PASSWORD}[/bold]"
            for person in seed.PEOPLE
        ),
        "",
        "Log in as ella, open the private jet, press Approve all, and watch Compare fill.",
        "Or as sam: approve the home owners' first drafts, then press Play three weeks on Home.",
        "Ctrl-C stops everything; `manage.py demo --reset` starts over.",
    ]
    return Panel("\n".join(lines), title="The desk is open", expand=False)
