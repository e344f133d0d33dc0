"""The pages that take a suppression list in and write it out."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from compliance import audit
from compliance.admin.pages import page, require
from compliance.spreadsheets import BadFileError, Report
from compliance.suppression_files import COLUMNS, export_list, import_list

LARGEST = 20 * 1024 * 1024
MOST_SHOWN = 200
TEMPLATE = "admin/compliance/suppression/import.html"


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST checks the file, or takes it in where “import” was pressed."""
    person = require(request, "compliance.add_suppression")
    context: dict[str, object] = {"columns": COLUMNS, "largest": LARGEST // 1024**2}
    if request.method == "POST":
        dry_run = request.POST.get("act") != "import"
        try:
            report = _take_in(request, actor=person.get_username(), dry_run=dry_run)
            context |= {
                "report": report, "dry_run": dry_run, "shown": report.rejected[:MOST_SHOWN],
                "more": max(0, len(report.rejected) - MOST_SHOWN),
            }  # fmt: skip
        except BadFileError as refusal:
            context["problem"] = str(refusal)
    return page(request, TEMPLATE, "Import a suppression list", **context)


def _take_in(request: HttpRequest, *, actor: str, dry_run: bool) -> Report:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.file:
        raise BadFileError("Choose a CSV file first.")
    if (file.size or 0) > LARGEST:
        raise BadFileError(
            f"The file is larger than {LARGEST // 1024**2} MB; use `manage.py suppression import`."
        )
    return import_list(file.file, name=file.name or "a file", actor=actor, dry_run=dry_run)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Every standing entry as a CSV file; who took it is written to the ledger."""
    person = require(request, "compliance.export_suppression")
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"suppression-{timezone.localdate():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    count = export_list(answer)  # type: ignore[arg-type]
    audit.append(
        "suppression.exported", person, actor=person.get_username(), data={"entries": count}
    )
    return answer
