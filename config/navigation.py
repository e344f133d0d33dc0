"""Brand and sidebar of the admin, in the order in which work happens."""

from typing import Any

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Attaché",
    "SITE_HEADER": "Attaché",
    "SITE_SUBHEADER": "Outreach desk",
}
