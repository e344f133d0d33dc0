"""What the ledger's acts are called: every act that code can write has words in the one table."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from compliance import audit
from compliance.audit_words import WORDS, subject_words, words_for
from compliance.models import AuditEntry
from tests.architecture.tree import sources

ACT = re.compile(r"[a-z_]+\.[a-z_]*[a-z]")


def acts_in(tree: ast.AST) -> Iterator[str]:
    """The acts a file names where it writes to the ledger, or calls what does with them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        of = node.func.value if isinstance(node.func, ast.Attribute) else None
        if isinstance(of, ast.Name) and of.id == "audit" and name in ("append", "Act"):
            for found in ast.walk(node.args[0]):
                if isinstance(found, ast.Constant) and ACT.fullmatch(str(found.value)):
                    yield str(found.value)


def test_every_act_that_is_named_in_code_has_words() -> None:
    named = {act for path in sources() for act in acts_in(ast.parse(path.read_text()))}
    assert len(named) > 100
    assert sorted(named - WORDS.keys()) == []


def test_no_two_acts_on_one_thing_are_called_the_same() -> None:
    told = [(act.partition(".")[0], words) for act, words in WORDS.items()]
    assert len(told) == len(set(told))


def test_what_no_table_knows_is_made_readable() -> None:
    assert words_for("old_thing.was_done") == "Old thing: was done"
    assert subject_words("crm.contactpoint") == "contact point"
    assert subject_words("old.gone_thing") == "gone thing"


@pytest.mark.django_db
def test_the_ledger_is_read_in_words_with_the_code_beside_them(admin_client: Client) -> None:
    audit.append("campaign.paused", audit.Named("outreach.campaign", "1"), actor="sam")
    url = reverse("admin:compliance_auditentry_changelist")
    page = admin_client.get(url).content.decode()
    assert "Campaign paused" in page
    assert "campaign.paused" in page
    assert f'{url}?action=campaign.paused"' in page.replace('href="?', f'href="{url}?')
    found = admin_client.get(url, {"action": "campaign.paused"}).content.decode()
    assert "Campaign paused" in found
    assert AuditEntry.objects.get().about == "campaign"
