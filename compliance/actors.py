"""In whose name a command acts: a person, so that the ledger never says “the machine”."""

from django.contrib.auth.models import User


class UnknownActorError(Exception):
    """Nobody is named, or nobody by that name may do it; the text says what to do."""


def acting_user(username: str, *, permission: str) -> User:
    """The active person by that name, who must hold the permission ("app.codename").

    Without a name: the only active administrator, where there is exactly one.
    """
    people = User.objects.filter(is_active=True)
    if username:
        person = people.filter(username=username).first()
        if person is None:
            raise UnknownActorError(f"There is no active user “{username}”.")
    else:
        admins = list(people.filter(is_superuser=True)[:2])
        if len(admins) != 1:
            raise UnknownActorError("Say in whose name: --user NAME (or set ATTACHE_USER).")
        person = admins[0]
    if not person.has_perm(permission):
        raise UnknownActorError(f"{person.get_username()} lacks the permission {permission}.")
    return person
