"""Is the process alive, and is the desk ready to work?"""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from outreach.models import WorkerHeartbeat

# The dispatcher beats every minute and schedules run up to 30 s late; three beats missed is dead.
HEARTBEAT_LIMIT = timedelta(minutes=3)


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing about what it needs."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and worker are well, else 503 with what is wrong in words."""
    problems = _problems()
    return JsonResponse(
        {"ready": not problems, "problems": problems}, status=503 if problems else 200
    )


def database_problem() -> str:
    """Why the database cannot be worked with, in words; empty when it can."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return _away(error)
    return f"{len(waiting)} migrations wait: run `manage.py migrate`." if waiting else ""


def _away(error: DatabaseError) -> str:
    return f"The database does not answer: {error.__class__.__name__}."


def _problems() -> list[str]:
    if problem := database_problem():
        return [problem]
    try:
        beat = WorkerHeartbeat.objects.order_by("-beat_at").first()
    except DatabaseError as error:
        return [_away(error)]
    if beat is None:
        return ["No worker has ever reported: start `manage.py qcluster`."]
    silence = timezone.now() - beat.beat_at
    if silence > HEARTBEAT_LIMIT:
        minutes = int(silence.total_seconds() // 60)
        return [f"The worker has been silent for {minutes} minutes: restart the whole cluster."]
    return []
