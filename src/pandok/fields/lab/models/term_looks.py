"""That a deposit's term is over was seen, and for how long it has been seen without a break."""

from __future__ import annotations

from django.db import models

from pandok.fields.lab.models.deposits import Deposit


class TermLook(models.Model):
    """Only pandok.fields.lab.acts.vault.term_looks writes it. Begun again where the clock went back or nobody looked
    for a day."""

    deposit = models.OneToOneField(Deposit, primary_key=True, on_delete=models.CASCADE, related_name="term_look")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    goes_at = models.DateTimeField(help_text="Not before this is its key destroyed")

    def __str__(self) -> str:
        return f"{self.deposit_id} {self.first_at} – {self.last_at}"
