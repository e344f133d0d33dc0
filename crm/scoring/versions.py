"""Finds, writes and switches versions: a model is edited by adding one, never by changing one."""

from crm.errors import CrmError
from crm.models import ScoringModel


def find_model(word: str) -> ScoringModel:
    """The model with this slug; CrmError names those there are."""
    found = ScoringModel.objects.select_related("current").filter(slug=word).first()
    if found is None:
        known = ", ".join(ScoringModel.objects.values_list("slug", flat=True)) or "none yet"
        raise CrmError(f"There is no scoring model “{word[:40]}”. There are: {known}.")
    return found
