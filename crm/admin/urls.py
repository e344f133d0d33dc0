"""The pages of crm that are no model's own; the site's `get_urls` puts them first."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from crm.admin import board, importing, merging, segment_builder, segment_pages


def crm_urls(site: AdminSite) -> list[URLPattern]:
    """Every page behind the site's log-in."""

    def page(route: str, view: Callable[..., Any], title: str, **values: str) -> URLPattern:
        return path(route, site.admin_view(view), values, name=f"crm_{title}")

    segment = "segments/<uuid:segment_id>/"
    return [
        page("leads/", board.board_page, "lead_board"),
        page("leads/columns/", board.columns_fragment, "lead_columns"),
        page("leads/<uuid:lead_id>/move/", board.move, "lead_move"),
        page("segments/", segment_pages.list_page, "segments"),
        page("segments/new/", segment_builder.new_page, "segment_new"),
        page("segments/live/", segment_builder.live, "segment_live"),
        page("segments/suggest/<str:field>/", segment_builder.suggest, "segment_suggest"),
        page(segment, segment_pages.segment_page, "segment"),
        page(f"{segment}edit/", segment_builder.edit_page, "segment_edit"),
        page(f"{segment}people/", segment_pages.people, "segment_people"),
        page(f"{segment}left-out/", segment_pages.left_out, "segment_left_out"),
        page(f"{segment}export/", segment_pages.export, "segment_export"),
        page(f"{segment}restore/", segment_pages.restore, "segment_restore"),
        page(f"{segment}duplicate/", segment_pages.duplicate, "segment_duplicate"),
        page(f"{segment}archive/", segment_pages.archive, "segment_archive"),
        page("imports/new/", importing.new_import, "import_new"),
        page("imports/<uuid:batch_id>/", importing.import_page, "import"),
        page("imports/<uuid:batch_id>/live/", importing.live, "import_live"),
        page("imports/<uuid:batch_id>/columns/", importing.columns_page, "import_columns"),
        page("imports/<uuid:batch_id>/report.csv", importing.report_file, "import_report"),
        *(
            page(f"imports/<uuid:batch_id>/{name}/", importing.act, f"import_{name}", name=name)
            for name in importing.ACTS
        ),
        page("duplicates/", merging.next_pair, "merge"),
        page("duplicates/<str:kind>/<uuid:one>/<uuid:other>/", merging.pair, "merge_pair"),
        page(
            "duplicates/<str:kind>/<uuid:one>/<uuid:other>/decide/", merging.decide, "merge_decide"
        ),
        page("duplicates/merges/<uuid:record_id>/undo/", merging.undo, "merge_undo"),
    ]
