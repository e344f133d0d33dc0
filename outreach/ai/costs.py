"""What calls cost, by price list and token counts, and whether today's budget allows another."""

from decimal import Decimal

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from outreach.models import AiRun


def price(model: str, input_tokens: int, output_tokens: int, *, base_url: str) -> Decimal | None:
    """Cost in US dollars; None where the price list knows neither server nor model.

    The server decides who is paid: a model that runs on an own machine has no list price, whatever
    its name.
    """
    from genai_prices import Usage, calc_price  # 0.2 s to import, only when a model is asked

    usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
    try:
        if base_url:
            calculation = calc_price(usage, model, provider_api_url=base_url)
        else:
            calculation = calc_price(usage, model, provider_id="openai")
    except LookupError:
        return None
    return calculation.total_price.quantize(Decimal("0.000001"))


def spent_today() -> Decimal:
    """What all calls since midnight (in the desk's time zone) cost, in US dollars."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    runs = AiRun.objects.filter(created_at__gte=midnight)
    return runs.aggregate(total=Sum("cost_usd"))["total"] or Decimal(0)


def budget_left() -> bool:
    """Whether another call may begin; calls under way at the same moment are not yet counted."""
    return spent_today() < Decimal(str(settings.AI_DAILY_BUDGET_USD))
