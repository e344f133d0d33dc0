"""Where scores, priorities and prospect segments stand."""

from collections.abc import Callable
from typing import Any

from outreach.admin import prioritise, prospect_segments, scores, scoring_editor

Page = tuple[str, Callable[..., Any], str]


def score_pages() -> list[Page]:
    """(route, view, name) of every page."""
    model = "scoring/<slug:slug>/"
    return [
        ("scores/<slug:kind>/<uuid:row_id>/", scores.score_page, "score"),
        ("scoring/", scores.models_page, "scoring"),
        (model, scoring_editor.model_page, "scoring_model"),
        (f"{model}fields/", scoring_editor.edit_fields, "scoring_fields"),
        (f"{model}try/", scoring_editor.try_definition, "scoring_try"),
        (f"{model}save/", scoring_editor.save_version, "scoring_save"),
        (f"{model}run/", scores.run_fragment, "scoring_run"),
        (f"{model}<int:number>/", scores.compare_page, "scoring_compare"),
        (f"{model}<int:number>/switch-on/", scores.switch_version, "scoring_switch"),
        ("whom-first/", prioritise.prioritise_page, "prioritise"),
        ("whom-first/list.csv", prioritise.export_file, "prioritise_file"),
        ("whom-first/enroll/", prioritise.enroll_ranked, "prioritise_enroll"),
        ("prospect-segments/", prospect_segments.segments_page, "prospect_segments"),
        ("prospect-segments/rules/", prospect_segments.put_rules, "prospect_rules"),
        ("prospect-segments/<uuid:contact_id>/", prospect_segments.say_segment, "prospect_say"),
    ]
