"""The API as promised to programs: a change shows as a diff of `openapi.json`.

`python -m tests.api.snapshot` writes a change that is meant.
"""

import json

from tests.api.snapshot import PATH, as_text, current


def test_the_api_is_the_one_that_was_promised() -> None:
    promised = json.loads(PATH.read_text(encoding="utf-8"))
    assert current() == promised, (
        "The API differs from tests/api/openapi.json. If that is meant, run "
        "`python -m tests.api.snapshot` and commit the file with the change."
    )


def test_the_snapshot_is_written_the_way_the_tool_writes_it() -> None:
    assert PATH.read_text(encoding="utf-8") == as_text(current())
