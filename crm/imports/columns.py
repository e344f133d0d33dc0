"""Which field a column holds, by its heading in one of six languages."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from crm.imports import headings

PERSON = {
    "first_name": "first name, firstname, given name, givenname, forename, fname, nombre de pila, "
    "primer nombre, имя, nombre, owner first name",
    "middle_name": "middle name, patronymic, segundo nombre, отчество",
    "last_name": "last name, lastname, surname, family name, lname, apellido, apellidos, фамилия, "
    "owner last name",
    "role": "role, title, job title, jobtitle, position, job, job position, job function, cargo, "
    "puesto, titulo, rol, должность, роль, позиция",
    "language": "language, lang, idioma, lengua, язык",
    "timezone": "timezone, time zone, tz, zona horaria, часовой пояс",
    "line_type": "line type, phone type, tipo de linea, тип линии, тип номера",
    "email": "email, e mail, mail, email address, e mail address, work email, business email, "
    "owner email, correo, correo electronico, email corporativo, почта, электронная почта, "
    "эл почта, адрес электронной почты, имейл, емейл",
    "phone": "phone, telephone, tel, phone number, mobile, mobile phone, cell, cell phone, "
    "work phone, business phone, direct phone, contact number, owner phone, telefono, movil, "
    "celular, numero de telefono, телефон, тел, номер телефона, мобильный, мобильный телефон, "
    "сотовый, рабочий телефон",
    "whatsapp": "whatsapp, whats app, wa, ватсап, вотсап",
    "social": "social, social profile, linkedin, linkedin url, linkedin profile, person linkedin "
    "url, perfil de linkedin",
    "web_form": "web form, contact form, contact page, formulario, formulario de contacto, форма, "
    "форма обратной связи",
    "country": "country, country code, country name, nation, pais, codigo de pais, страна, "
    "код страны",
    "source": "source, lead source, data source, list source, fuente, origen, источник",
    "tags": "tags, tag, labels, label, etiquetas, etiqueta, метки, теги, метка, тег",
    "research": "research, research notes, ai research, findings, investigacion, исследование, "
    "результаты исследования",
    "confidence": "confidence, match confidence, confianza, уверенность, достоверность",
    "email_verified": "email verified, verified email, email valid, correo verificado, "
    "почта проверена, почта подтверждена",
    "phone_verified": "phone verified, verified phone, phone valid, telefono verificado, "
    "телефон проверен, телефон подтвержден",
}
FIRM = {
    "industry": "industry, sector, vertical, industria, rubro, giro, отрасль, сфера деятельности",
    "employees": "employees, number of employees, employee count, headcount, company size, "
    "staff count, empleados, numero de empleados, сотрудников, количество сотрудников, "
    "численность, число сотрудников",
    "sme": "sme, is sme, small business, small or medium, smb, msp, pyme, мсп, малый бизнес, "
    "субъект мсп",
}
NAMES = (
    "name, full name, fullname, contact, contact name, contact person, person, "
    "person name, employee, employee name, lead name, nombre completo, nombre y apellidos, "
    "nombre y apellido, persona de contacto, contacto, фио, ф и о, имя и фамилия, фамилия имя, "
    "фамилия имя отчество, полное имя, контактное лицо, контакт, сотрудник"
)
EMPLOYER = {
    "company": "company, company name, organization, organisation, organization name, employer, "
    "account, account name, business, business name, firm, current company, empresa, compania, "
    "nombre de la empresa, nombre de empresa, organizacion, razon social, компания, "
    "название компании, организация, название организации, фирма, предприятие, юрлицо, "
    "работодатель",
    "domain": "domain, company domain, website, web site, web, site, url, company website, "
    "company url, homepage, dominio, sitio web, pagina web, web de la empresa, домен, сайт, "
    "веб сайт, сайт компании",
}
COUNTY = "county, county name, condado, округ, графство, район"
STATE = "state, us state, state code, estado, штат"
POSTAL_CODE = (
    "postal code, postcode, zip, zip code, zipcode, codigo postal, индекс, почтовый индекс"
)
CITY = "city, town, ciudad, город"
CONTACT_FIELDS = headings.laid_over({
    **PERSON,
    "name": NAMES,
    **EMPLOYER,
    "state": STATE,
    "postal_code": POSTAL_CODE,
    "county": COUNTY,
    **FIRM,
}, headings.PERSON)  # fmt: skip
COMPANY_FIELDS = {
    **PERSON,
    "name": "name, company, company name, vendor, vendor name, supplier, organization, "
    "organisation, organization name, account name, business name, firm, empresa, compania, "
    "nombre, nombre de la empresa, proveedor, razon social, компания, название, "
    "название компании, организация, наименование, наименование организации, фирма, поставщик",
    "website": "website, web site, web, site, url, domain, company domain, company website, "
    "homepage, dominio, sitio web, pagina web, сайт, веб сайт, домен",
    "contact": "contact, contact name, contact person, full name, person, nombre completo, "
    "contacto, persona de contacto, контакт, контактное лицо, фио",
    "tin": "tin, tax id, tax number, vat, vat number, vat id, ein, nif, cif, rfc, инн",
    "registration_number": "registration number, company number, registry number, "
    "numero de registro, огрн, регистрационный номер",
    "description": "description, about, notes on company, descripcion, описание",
    "categories": "categories, category, categorias, categoria, категории, категория",
    "regions": "regions, region, regions served, regiones, регионы, регион",
    "street": "street, street address, address, address line 1, company address, office address, "
    "direccion, domicilio, calle, адрес, улица, юридический адрес",
    "city": CITY,
    "preferred_channel": "preferred channel, channel, canal preferido, канал, канал связи",
    **FIRM,
}
# In a list of companies “nombre” is the company's.
COMPANY_FIELDS["first_name"] = COMPANY_FIELDS["first_name"].replace(", nombre,", ",")
LEAD_FIELDS = {
    **PERSON,
    "parcel_id": "parcel id, parcel, parcel number, parcel no, apn, folio, folio number, pin, "
    "strap, tax parcel, parcela, numero de parcela, clave catastral, referencia catastral, "
    "кадастровый номер, номер участка, участок",
    "situs_address": "situs address, situs, property address, site address, address, "
    "street address, direccion, direccion de la propiedad, domicilio, адрес, адрес объекта, "
    "адрес участка",
    "city": f"{CITY}, situs city, property city",
    "county": f"{COUNTY}, situs county, property county",
    "state": f"{STATE}, situs state, property state",
    "postal_code": f"{POSTAL_CODE}, situs zip, property zip",
    "distress_reason": "distress reason, distress, distress type, motivation, reason, "
    "reason to sell, motivo, motivo de venta, causa, причина, причина продажи",
    "score": "score, lead score, puntuacion, puntaje, оценка, балл, баллы, скоринг",
    "tier": "tier, lead tier, grade, nivel, уровень, класс, категория",
    "market": "market, market name, mercado, рынок",
    "deal_value": "deal value, value, deal size, amount, estimated value, offer amount, valor, "
    "importe, valor estimado, сумма, стоимость, сумма сделки",
    "currency": "currency, moneda, divisa, валюта",
    "notes": "notes, note, comments, comment, notas, comentarios, примечание, комментарий",
    "name": f"owner name, owner, owners, homeowner, {NAMES}, propietario, "
    "nombre del propietario, dueno, владелец, собственник, имя владельца, фио владельца",
    **EMPLOYER,
    "owner_state": "owner state, mailing state, mail state, estado del propietario",
    "owner_postal_code": "owner zip, mailing zip, mail zip, owner postal code, mailing postal code",
}
COMPANY_FIELDS = headings.laid_over(COMPANY_FIELDS, headings.COMPANY)
LEAD_FIELDS = headings.laid_over(LEAD_FIELDS, headings.LEAD)
SEVERAL = frozenset(
    {"email", "phone", "whatsapp", "social", "web_form", "categories", "regions", "tags"}
)
# A column about an address is not the address.
ABOUT = frozenset(
    [
        "status",
        "verified",
        "valid",
        "opt",
        "optin",
        "optout",
        "consent",
        "bounced",
        "type",
        "source",
        "confidence",
        "score",
        "date",
        "estado",
        "tipo",
        "fuente",
        "статус",
        "тип",
        "источник",
        "согласие",
        "дата",
        "statut",
        "typ",
        "quelle",
        "datum",
        "zustimmung",
        "consentement",
        "fonte",
        "consentimento",
    ]
)
WORDS = {
    "email": frozenset(["email", "mail", "correo", "почта", "courriel", "email1", "email2"]),
    "phone": frozenset(
        [
            "phone",
            "telephone",
            "tel",
            "mobile",
            "cell",
            "telefono",
            "movil",
            "celular",
            "телефон",
            "telefon",
            "telefone",
            "handy",
        ]
    ),
    "domain": frozenset(["domain", "website", "dominio", "домен", "сайт"]),
    "website": frozenset(["domain", "website", "dominio", "домен", "сайт"]),
}


@lru_cache(maxsize=4096)
def plain_heading(text: str) -> str:
    """A heading without case, accents, signs and counting: “E-Mail (1)” is “e mail”. Pure."""
    folded = unicodedata.normalize("NFKD", text.replace("\ufeff", "").casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    words = re.sub(r"[\W_]+", " ", bare).split()
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    return " ".join(words)


def field_of(heading: str, fields: Mapping[str, str]) -> str:
    """The field this heading names, or “”. Pure."""
    plain = plain_heading(heading)
    known = _table(tuple(fields.items()))
    if found := known.get(plain) or known.get(re.sub(r"\d+$", "", plain).strip()):
        return found
    outside = plain_heading(re.sub(r"\(.*?\)|\[.*?\]", " ", heading))
    if found := known.get(outside):
        return found
    words = set(plain.split())
    if words & ABOUT:
        return ""
    return next((field for field, own in WORDS.items() if field in fields and words & own), "")


def map_columns(header: Iterable[str], fields: Mapping[str, str]) -> list[str]:
    """One field or “” for each column; several columns may hold one field. Pure."""
    return [field_of(heading, fields) for heading in header]


@lru_cache(maxsize=8)
def _table(fields: tuple[tuple[str, str], ...]) -> dict[str, str]:
    found = {plain_heading(field): field for field, _ in fields}
    for field, words in fields:
        for word in words.split(", "):
            found.setdefault(plain_heading(word), field)
    return found
