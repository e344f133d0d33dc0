"""How people stand in the ledger."""

from django.contrib.auth.models import User


def name_of(user: User) -> str:
    """The name an act is recorded under: the user name, which is unique."""
    return user.get_username()
