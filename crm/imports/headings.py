"""Headings in German, French and Portuguese, laid over those of `crm.imports.columns`."""

from collections.abc import Mapping

PERSON = {
    "first_name": "Vorname, Rufname, prénom, primeiro nome, nome próprio, prenome",
    "middle_name": "zweiter Vorname, deuxième prénom, nome do meio",
    "last_name": "Nachname, Familienname, Zuname, nom, nom de famille, sobrenome, apelido",
    "role": "Funktion, Stelle, Berufsbezeichnung, Jobtitel, Stellenbezeichnung, fonction, poste, "
    "titre, intitulé du poste, função",
    "language": "Sprache, langue, língua",
    "timezone": "Zeitzone, fuseau horaire, fuso horário",
    "line_type": "Anschlussart, Art der Nummer, type de ligne, type de téléphone, tipo de linha, "
    "tipo de telefone",
    "email": "E-Mail-Adresse, Mailadresse, Mail-Adresse, courriel, adresse e-mail, adresse mail, "
    "adresse électronique, correio eletrônico, correio electrónico, endereço de e-mail",
    "phone": "Telefon, Telefonnummer, Tel Nr, Rufnummer, Handy, Handynummer, Mobil, Mobilnummer, "
    "Mobiltelefon, Festnetz, Durchwahl, téléphone, tél, numéro de téléphone, portable, "
    "téléphone portable, téléphone mobile, téléphone fixe, telefone, número de telefone, fone, "
    "telefone celular, telemóvel",
    "social": "LinkedIn-Profil, profil LinkedIn, perfil do LinkedIn",
    "web_form": "Kontaktformular, formulaire, formulaire de contact, formulário, "
    "formulário de contato, formulário de contacto",
    "country": "Land, Ländercode, Länderkürzel, pays, code pays, código do país",
    "source": "Quelle, Herkunft, provenance, fonte, origem",
    "tags": "Schlagwörter, Schlagworte, Stichwörter, étiquettes, étiquette, marcadores",
    "research": "Recherche, recherches, pesquisa",
    "confidence": "Konfidenz, Sicherheit, confiance, confiança",
    "email_verified": "E-Mail verifiziert, E-Mail geprüft, e-mail vérifié, courriel vérifié, "
    "e-mail verificado",
    "phone_verified": "Telefon verifiziert, Telefon geprüft, téléphone vérifié, "
    "telefone verificado",
    "state": "Bundesland, état, code état",
    "postal_code": "PLZ, Postleitzahl, code postal, CP, CEP",
    "county": "Landkreis, comté",
    "street": "Straße, Straße und Hausnummer, Adresse, Anschrift, rue, adresse postale, endereço, "
    "rua, morada, logradouro",
    "city": "Stadt, Ort, Wohnort, ville, localité, cidade, localidade",
    "industry": "Branche, Wirtschaftszweig, secteur, secteur d'activité, setor, ramo, "
    "ramo de atividade",
    "employees": "Mitarbeiterzahl, Anzahl Mitarbeiter, Beschäftigte, effectif, effectifs, "
    "nombre d'employés, nombre de salariés, funcionários, número de funcionários",
    "sme": "KMU, PME, petite entreprise, pequena empresa",
    "name": "vollständiger Name, Vor- und Nachname, Ansprechpartner, Ansprechpartnerin, "
    "Kontaktperson, Mitarbeiter, nom complet, nom et prénom, prénom et nom, interlocuteur, "
    "personne de contact, nome, nome completo, contato, pessoa de contato, pessoa de contacto",
    "company": "Firma, Unternehmen, Firmenname, Unternehmensname, Arbeitgeber, Gesellschaft, "
    "entreprise, société, nom de l'entreprise, nom de la société, raison sociale, employeur, "
    "nome da empresa, razão social, organização, empregador",
    "domain": "Webseite, Internetseite, Internetadresse, site web, site internet, domaine, "
    "site da empresa",
}
COMPANY = {
    **{one: words for one, words in PERSON.items() if one not in ("company", "domain")},
    "name": f"{PERSON['company']}, nom, nome, Lieferant, Anbieter, fournisseur, fornecedor",
    "last_name": PERSON["last_name"].replace(", nom,", ","),  # the company's, here
    "website": PERSON["domain"],
    "contact": "Ansprechpartner, Ansprechpartnerin, Kontaktperson, Kontakt, interlocuteur, "
    "personne de contact, nom complet, contato, pessoa de contato, nome completo",
    "tin": "USt-IdNr, USt-ID, Umsatzsteuer-ID, Steuernummer, numéro de TVA, TVA, "
    "TVA intracommunautaire, CNPJ, NIPC",
    "registration_number": "Handelsregisternummer, Registernummer, SIREN, SIRET, "
    "numéro d'immatriculation, número de registro",
    "description": "Beschreibung, descriptif, descrição",
    "categories": "Kategorie, Kategorien, catégorie, catégories",
    "regions": "Regionen, Gebiet, Gebiete, région, régions, região, regiões",
    "preferred_channel": "bevorzugter Kanal, canal préféré",
}
LEAD = {
    **PERSON,
    "parcel_id": "Flurstück, Flurstücksnummer, parcelle, numéro de parcelle, número da parcela",
    "situs_address": "Adresse, Anschrift, Objektadresse, adresse du bien, endereço, "
    "endereço do imóvel",
    "distress_reason": "Grund, Verkaufsgrund, raison, motif, motif de vente",
    "score": "Punktzahl, Bewertung, pontuação",
    "tier": "Stufe, Klasse, niveau",
    "market": "Markt, marché",
    "deal_value": "Wert, Betrag, montant, valeur",
    "currency": "Währung, devise, moeda",
    "notes": "Notiz, Notizen, Bemerkung, Bemerkungen, Kommentar, remarque, remarques, "
    "commentaire, commentaires, observações",
    "name": f"{PERSON['name']}, Eigentümer, Eigentümerin, Name des Eigentümers, propriétaire, "
    "nom du propriétaire, proprietário, nome do proprietário",
}


def laid_over(fields: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """The fields with these headings behind their own; fields that there are not are left. Pure."""
    return {one: f"{words}, {more[one]}" if one in more else words for one, words in fields.items()}
