"""Dated exchange rates, kept by hand: what comparisons convert with."""

from django.db import models


class ExchangeRate(models.Model):
    """One unit of `currency` is worth `usd` US dollars from `valid_on` on."""

    currency = models.CharField(max_length=3)
    usd = models.DecimalField("US dollars per unit", max_digits=18, decimal_places=8)
    valid_on = models.DateField()
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["currency", "-valid_on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "valid_on"], name="one_rate_per_day"),
            models.CheckConstraint(condition=models.Q(usd__gt=0), name="rate_positive"),
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.usd} USD ({self.valid_on})"
