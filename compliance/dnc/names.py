"""What a list's file name promises: the area codes it may hold."""

import re
from pathlib import PurePath

from compliance.dnc.errors import DncRefused

_CODE = re.compile(r"(?<![0-9A-Za-z])[2-9]\d\d(?![0-9A-Za-z])")


def codes_in(name: str) -> frozenset[str]:
    """The area codes a file name tells: 561 for `2026-11-18_561.zip`, none for `florida.txt`."""
    return frozenset(_CODE.findall(PurePath(name).stem))


def check_named(code: str, named: list[frozenset[str]], line: int) -> None:
    """Refuse an area code that the file's name does not tell."""
    for codes in named:
        if code not in codes:
            raise DncRefused(
                f"Line {line} is of area code {code}, but the file is named for "
                f"{', '.join(sorted(codes))}: import the file under the name it was downloaded by."
            )
