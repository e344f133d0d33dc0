"""How people are greeted: by the first name, wherever their list writes it."""

import pytest

from crm.models import Company, Contact
from outreach.drafting.personal import greet


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Priya Raman", "Priya"),
        ("Dr. Anna Weber", "Dr. Weber"),
        ("Волкова Дарья", "Дарья"),
        ("Дарья Волкова", "Дарья"),
        ("Иванов Пётр Сергеевич", "Пётр"),
        ("Пётр Сергеевич Иванов", "Пётр"),
        ("Пётр Сергеевич", "Пётр"),
        ("Ильина Марина", "Марина"),
        ("Марина Ильина", "Марина"),
        ("Толстой Лев", "Лев"),
        ("Яков Левченко", "Яков"),
        ("Гончарук Ольга", "Ольга"),
        ("Глеб Рощин", "Глеб"),
        ("Иванов", "Иванов"),
        ("Chen Li", "Chen"),
        ("", "Sky team"),
    ],
)
def test_the_first_name_is_found(name: str, greeting: str) -> None:
    assert greet(Contact(name=name), Company(name="Sky")) == greeting
