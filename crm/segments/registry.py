"""The whitelist of fields: what is not registered here cannot be asked."""

from collections.abc import Iterable

from crm.segments.fields import Field

_fields: dict[str, Field] = {}


def register(fields: Iterable[Field]) -> None:
    """Add fields; called in `AppConfig.ready`, also by the apps above. A name stands once."""
    for one in fields:
        _fields[one.name] = one


def find(name: str) -> Field | None:
    """The field by this name; None for one that is not, or no longer, there."""
    return _fields.get(name)


def fields() -> list[Field]:
    """All that may be asked, in the order in which it was registered."""
    return list(_fields.values())


def by_source() -> list[tuple[str, list[Field]]]:
    """Heading and fields of every source."""
    found: dict[str, list[Field]] = {}
    for one in _fields.values():
        found.setdefault(one.source.heading, []).append(one)
    return list(found.items())
