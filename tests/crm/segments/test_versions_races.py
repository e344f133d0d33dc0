"""Two who save the same segment at the same moment, on PostgreSQL."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from crm.errors import EditConflictError
from crm.models import SegmentVersion
from crm.segments import versions
from tests.crm.segments.conftest import row


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told() -> None:
    segment = versions.create_segment("Race", {"conditions": []}, actor="boss")
    gate, outcomes = Barrier(6), []

    def save(name: str) -> None:
        gate.wait()
        data = {"conditions": [row("contact.name", "is", name)]}
        try:
            outcomes.append(versions.write_version(segment, data, actor=name, based_on=1).number)
        except EditConflictError:
            outcomes.append(0)
        finally:
            connection.close()

    threads = [Thread(target=save, args=(f"person{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [0, 0, 0, 0, 0, 2]
    assert SegmentVersion.objects.filter(segment=segment).count() == 2
