"""A person's rights in the admin: hand out everything held about them, and erase it."""

from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from crm.admin.pages import require
from crm.erasure import ErasedAlreadyError, erase_contact, others_at
from crm.holdings import export_person
from crm.models import Contact

ERASE = "crm.erase_contact"
EXPORT = "crm.export_contact"
MOST_AT_ONCE = 50


def erase_people(request: HttpRequest, people: QuerySet[Contact]) -> HttpResponse | None:
    """The admin action: a page that says what goes and what stays, then the erasure itself."""
    person = require(request, ERASE)
    chosen = list(people.select_related("company")[: MOST_AT_ONCE + 1])
    if len(chosen) > MOST_AT_ONCE:
        messages.error(request, f"Choose at most {MOST_AT_ONCE} people at once.")
        return None
    if request.POST.get("confirmed") != "yes":
        rows = [(contact, others_at(contact)) for contact in chosen]
        context = {
            **admin.site.each_context(request), "title": "Erase for good?", "rows": rows,
        }  # fmt: skip
        return TemplateResponse(request, "admin/crm/contact/erase.html", context)
    reason = request.POST.get("reason", "").strip()[:300]
    for contact in chosen:
        try:
            done = erase_contact(contact.pk, actor=person.get_username(), reason=reason)
            messages.success(request, f"Erased: {done.in_words()}.")
        except ErasedAlreadyError as refusal:
            messages.warning(request, str(refusal))
    return None


@require_POST
def export(request: HttpRequest, object_id: UUID) -> HttpResponseBase:
    """Everything held about one person, as a ZIP; the ledger keeps who took it."""
    person = require(request, EXPORT)
    contact = get_object_or_404(Contact, pk=object_id)
    file = export_person(contact.pk, actor=person.get_username())
    answer = FileResponse(file, as_attachment=True, filename=f"person-{contact.pk}.zip")
    answer["Cache-Control"] = "no-store"
    return answer
