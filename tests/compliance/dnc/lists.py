"""Full lists as the registries write them, made of numbers on the spot."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any
from unittest.mock import patch

from compliance.dnc import load
from compliance.models import DncFile

SAN = "10021234-56789-23"


def flat(numbers: Iterable[int], *, comma: bool = True, end: str = "\n") -> bytes:
    mark = "," if comma else ""
    return "".join(f"{n // 10**7}{mark}{n % 10**7:07}{end}" for n in numbers).encode()


def xml(numbers: Iterable[int], area_code: str = "561") -> bytes:
    phones = "".join(f"<ph val='{n % 10**7}'/>\n" for n in numbers)
    return (
        f"<list type='full' val='{area_code}'><ac val='{area_code}'>\n{phones}</ac></list>".encode()
    )


def zipped(content: bytes, name: str = "561.txt") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def bring_in(content: bytes, name: str = "561.txt", **changes: Any) -> DncFile:
    """Hand in and load in one go, as the desk's doors do."""
    values: dict[str, Any] = {
        "source": "national", "list_date": date(2026, 11, 18), "actor": "sam", "san": SAN,
        "today": date(2027, 1, 1),
    }  # fmt: skip
    with patch("django.conf.settings.DNC_SAN", SAN):
        file = load.hand_in(name, **{**values, **changes})
    return load.load(file, io.BytesIO(content), actor="sam")
