"""The public unsubscribe page: GET shows and changes nothing, POST acts and answers 200."""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from compliance.choices import SuppressionReason
from compliance.opt_outs import opt_out
from compliance.unsubscribe.tokens import read_token
from compliance.unsubscribe.words import masked, words_for

TEMPLATE = "unsubscribe/page.html"


@csrf_exempt  # RFC 8058: a mail provider posts without cookies; the token is what it may show
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A link scanner opens it and nothing happens; a button or a mail provider posts, and it ends.

    Posting again does no harm, and there is no log-in and no redirect: RFC 8058 3.1 wants
    the answer to the post itself.
    """
    received_at = timezone.now()
    words = words_for(request.headers.get("Accept-Language", ""))
    found = read_token(token)
    if found is None:
        return _page(request, status=404, words=words, title=words.bad_title, text=words.bad)
    shown = masked(found[1])
    if request.method != "POST":
        question = words.question.format(address=shown)
        return _page(request, words=words, title=words.title, text=question, ask=True)
    opt_out(
        [found], words="", source=_way(request), received_at=received_at,
        reason=SuppressionReason.UNSUBSCRIBED, actor="unsubscribe",
    )  # fmt: skip
    done = words.done.format(address=shown)
    return _page(request, words=words, title=words.done_title, text=done)


def _way(request: HttpRequest) -> str:
    """Which button it was; a body that can't be read opts out all the same."""
    try:
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    except (MultiPartParserError, UnreadablePostError, BadRequest, SuspiciousOperation):
        one_click = False
    return "one-click unsubscribe" if one_click else "unsubscribe page"


def _page(request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
    answer = TemplateResponse(request, TEMPLATE, context, status=status)
    # The address of this page is a secret of the person's: it goes to nobody as a referrer.
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Vary"] = "Accept-Language"
    return answer
