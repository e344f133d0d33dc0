"""Headings in six languages, and columns about an address that are none."""

import pytest

from crm.imports.columns import COMPANY_FIELDS, CONTACT_FIELDS, LEAD_FIELDS, field_of
from crm.imports.people import full_name


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
        ("Vorname", "first_name"), ("Nachname", "last_name"), ("E-Mail-Adresse", "email"),
        ("Telefonnummer", "phone"), ("Firma", "company"), ("PLZ", "postal_code"),
        ("Land", "country"),
        ("Prénom", "first_name"), ("Nom", "last_name"), ("Courriel", "email"),
        ("Téléphone portable", "phone"), ("Société", "company"), ("Nom de l’entreprise", "company"),
        ("Pays", "country"), ("Nome", "name"), ("Sobrenome", "last_name"), ("Telefone", "phone"),
        ("Função", "role"), ("Razão social", "company"), ("Status der E-Mail", ""),
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
        ("Firma", "name"), ("Nom", "name"), ("Nome", "name"), ("USt-IdNr.", "tin"),
        ("SIRET", "registration_number"), ("Ansprechpartner", "contact"), ("Ville", "city"),
        ("Cidade", "city"), ("Branche", "industry"), ("CNPJ", "tin"),
        ("Categorías", "categories"), ("ОГРН", "registration_number"), ("Ciudad", "city"),
        ("Street address", "street"), ("Straße", "street"), ("Endereço", "street"),
        ("Юридический адрес", "street"), ("E-mail address", "email"),
    ],
)  # fmt: skip
def test_a_heading_of_companies_is_understood(heading: str, field: str) -> None:
    assert field_of(heading, COMPANY_FIELDS) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Eigentümer", "name"), ("Propriétaire", "name"), ("Proprietário", "name"),
        ("Adresse", "situs_address"), ("Endereço do imóvel", "situs_address"),
        ("Währung", "currency"), ("Montant", "deal_value"), ("Bemerkungen", "notes"),
    ],
)  # fmt: skip
def test_a_heading_of_leads_is_understood(heading: str, field: str) -> None:
    assert field_of(heading, LEAD_FIELDS) == field


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"first_name": "Anna", "name": "Müller"}, "Anna Müller"),
        ({"first_name": "Anna", "name": "Anna Müller"}, "Anna Müller"),
        ({"first_name": "Anna", "last_name": "Müller"}, "Anna Müller"),
        ({"name": "Anna", "last_name": "Müller"}, "Anna Müller"),
        ({"first_name": "Anna", "name": "Anna"}, "Anna"),
    ],
)
def test_a_name_in_two_columns_is_one(cells: dict[str, str], name: str) -> None:
    assert full_name(cells) == name
