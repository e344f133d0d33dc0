"""Forms as large as the desk makes them are taken: Django's own limit is 1,000 fields."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from crm.models import Company, Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("boss", "boss@desk.example", "pass"))
    return client


def test_a_scoring_of_two_hundred_signs_is_one_form(browser: Client) -> None:
    sent = {f"g{n // 20}-s{n % 20}-{name}": "1" for n in range(200) for name in "abcdefghij"}
    page = reverse("admin:outreach_scoring_fields", args=["leads"])
    assert browser.post(page, sent).status_code == 200


def test_a_company_of_hundreds_of_people_can_be_saved(browser: Client) -> None:
    company = Company.objects.create(name="Sun Homes")
    Contact.objects.bulk_create(Contact(company=company, name=f"Person {n:03}") for n in range(300))
    page = reverse("admin:crm_company_change", args=[company.pk])
    context = browser.get(page).context
    people = context["inline_admin_formsets"][0].formset
    assert len(people.forms) == 50
    sent = {}
    for form in (context["adminform"].form, people.management_form, *people.forms):
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = value
    answer = browser.post(page, {**sent, "city": "Orlando"})
    assert answer.status_code == 302, answer.context["errors"]
    company.refresh_from_db()
    assert company.city == "Orlando"
    assert company.contacts.count() == 300
