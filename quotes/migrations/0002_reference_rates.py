"""Rates to begin with: the European Central Bank's reference rates of one day, and three pegs."""

from datetime import date
from decimal import Decimal

from django.db import migrations

DAY = date(2026, 10, 2)
ECB = "ECB reference rate"
PEG = "official peg to the US dollar"

# Units of each currency for one euro, as the European Central Bank published them for that day.
PER_EURO = {
    "USD": "1.1225",
    "JPY": "176.99",
    "CZK": "24.470",
    "DKK": "7.4736",
    "GBP": "0.85033",
    "HUF": "369.18",
    "PLN": "4.3775",
    "RON": "5.3488",
    "SEK": "11.2900",
    "CHF": "0.9279",
    "ISK": "137.00",
    "NOK": "10.8315",
    "TRY": "55.1650",
    "AUD": "1.6176",
    "BRL": "5.8610",
    "CAD": "1.5984",
    "CNY": "7.5259",
    "HKD": "8.8084",
    "IDR": "20149.32",
    "ILS": "3.4408",
    "INR": "108.1245",
    "KRW": "1513.44",
    "MXN": "20.5806",
    "MYR": "4.5849",
    "NZD": "2.0002",
    "PHP": "70.265",
    "SGD": "1.4366",
    "THB": "37.710",
    "ZAR": "18.7839",
}
PER_DOLLAR = {"AED": "3.6725", "SAR": "3.75", "QAR": "3.64"}


def add_rates(apps, schema_editor):
    ExchangeRate = apps.get_model("quotes", "ExchangeRate")
    dollar = Decimal(PER_EURO["USD"])
    worth = {"EUR": (dollar, ECB)}
    for code, per_euro in PER_EURO.items():
        if code != "USD":
            worth[code] = (dollar / Decimal(per_euro), ECB)
    for code, per_dollar in PER_DOLLAR.items():
        worth[code] = (1 / Decimal(per_dollar), PEG)
    for code, (usd, source) in worth.items():
        ExchangeRate.objects.get_or_create(
            currency=code,
            valid_on=DAY,
            defaults={"usd": usd.quantize(Decimal("0.00000001")), "source": source},
        )


class Migration(migrations.Migration):
    dependencies = [("quotes", "0001_tables")]
    operations = [migrations.RunPython(add_rates, migrations.RunPython.noop)]
