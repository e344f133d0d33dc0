"""Fills an empty database with the demo desk: people, mailbox, vendors, two requests."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, transaction

from compliance import guards
from config.checks import check_history
from config.demo.town import Brief, Town, Vendor, load_town
from crm.intake import Address, CompanyFacts, Person, take_in_vendor
from crm.models import Company
from outreach.briefs.create import create_request
from outreach.campaigns import create_campaign
from outreach.models import Mailbox

PASSWORD = "attache-demo"  # noqa: S105  the demo's own; seeding refuses in production
ACTOR = "demo world"


@dataclass(frozen=True, slots=True)
class DeskPerson:
    username: str
    name: str
    role: str


PEOPLE = (
    DeskPerson("ella", "Ella Whitfield", "EA"),
    DeskPerson("sam", "Sam Okoro", "Staff"),
    DeskPerson("ann", "Ann Lindqvist", "Analyst"),
    DeskPerson("ada", "Ada Moreno", "Admin"),
)


def is_empty() -> bool:
    """Nobody has worked in this database yet."""
    return not get_user_model().objects.exists() and not Company.objects.exists()


def migrate() -> None:
    """Bring the database up to date; refuses one that stands in the middle of replaced steps."""
    for problem in check_history([DEFAULT_DB_ALIAS]):
        raise CommandError(f"{problem.msg} {problem.hint}")
    call_command("migrate", verbosity=0)


def reset() -> None:
    """Empty the database and seed it anew; refuses outside the demo."""
    _refuse_in_production()
    with guards.stood_down():
        call_command("flush", interactive=False, verbosity=0)
    migrate()
    seed()


def seed() -> None:
    """Everything the demo needs up to the point of pressing Approve all."""
    _refuse_in_production()
    town = load_town()
    with transaction.atomic():
        people = {person.username: _add_person(person) for person in PEOPLE}
        mailbox = _add_mailbox(town, people["ella"])
        for vendor in town.vendor:
            _add_vendor(vendor)
    for brief in town.request:
        _add_campaign(brief, people["ella"], mailbox)


def _refuse_in_production() -> None:
    if settings.PRODUCTION:
        raise SystemExit("The demo world has known passwords: it does not run in production.")


def _add_person(person: DeskPerson) -> User:
    first, last = person.name.split(" ", 1)
    user = get_user_model().objects.create_user(
        person.username,
        f"{person.username}@desk.attache.example",
        PASSWORD,
        first_name=first,
        last_name=last,
        is_staff=True,
        is_superuser=person.role == "Admin",
    )
    user.groups.add(Group.objects.get(name=person.role))
    return user


def _add_mailbox(town: Town, owner: User) -> Mailbox:
    return Mailbox.objects.create(
        name="Charter desk",
        from_name=town.desk.from_name,
        from_email=town.desk.from_email,
        sender_title=town.desk.title,
        owner=owner,
    )


def _add_vendor(vendor: Vendor) -> None:
    addresses = [
        Address(kind, value, preferred=kind == vendor.preferred)
        for kind, value in (
            ("email", vendor.email),
            ("phone", vendor.phone),
            ("whatsapp", vendor.whatsapp),
            ("web_form", vendor.web_form),
        )
        if value
    ]
    facts = CompanyFacts(
        name=vendor.name,
        website=vendor.domain,
        description=vendor.description,
        regions=vendor.regions,
        categories=[vendor.category],
        city=vendor.city,
        country="US",
        preferred_channel=vendor.preferred,
        people=[Person(name=vendor.contact, role=vendor.role, addresses=addresses)],
    )
    take_in_vendor(facts, source=ACTOR, actor=ACTOR)


def _add_campaign(brief: Brief, owner: User, mailbox: Mailbox) -> None:
    request = create_request(
        brief.text,
        client_name=brief.client,
        category=brief.category,
        actor=owner.get_username(),
        created_by=owner,
    )
    create_campaign(request, actor=owner, mailbox=mailbox)
