"""Headings in three languages, and columns about an address that are none."""

import pytest

from crm.imports.columns import COMPANY_FIELDS, CONTACT_FIELDS, field_of


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("full_name", "name"), ("Full Name", "name"), ("ФИО", "name"), ("Nombre completo", "name"),
        ("First Name", "first_name"), ("Имя", "first_name"), ("Фамилия", "last_name"),
        ("Apellidos", "last_name"), ("Title", "role"), ("Должность", "role"), ("Cargo", "role"),
        ("E-mail", "email"), ("EMAIL ADDRESS", "email"), ("Correo electrónico", "email"),
        ("Эл. почта", "email"), ("Email 2", "email"), ("email1", "email"),
        ("Email (work)", "email"),
        ("Personal email", "email"), ("Téléphone mobile phone", "phone"), ("Телефон", "phone"),
        ("Móvil", "phone"), ("Company Name", "company"), ("Empresa", "company"),
        ("Компания", "company"), ("Website", "domain"), ("Сайт", "domain"), ("País", "country"),
        ("Страна", "country"), ("\ufeffemail", "email"), ("phone type", "line_type"),
        ("Email status", ""), ("phone verified", "phone_verified"),
        ("Phone status", ""), ("Shoe size", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_heading_of_people_is_understood(heading: str, field: str) -> None:
    assert field_of(heading, CONTACT_FIELDS) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Company", "name"), ("Название", "name"), ("Razón social", "name"), ("ИНН", "tin"),
        ("domain", "website"), ("Contact person", "contact"), ("Nombre", "name"),
        ("Categorías", "categories"), ("ОГРН", "registration_number"), ("Ciudad", "city"),
    ],
)  # fmt: skip
def test_a_heading_of_companies_is_understood(heading: str, field: str) -> None:
    assert field_of(heading, COMPANY_FIELDS) == field
