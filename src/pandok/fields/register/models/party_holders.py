"""Which names of the register are which party."""

from __future__ import annotations

from django.db import models

from pandok.common.models import Party
from pandok.fields.register.models.rights import Holder


class PartyHolder(models.Model):
    """A name in the register that is this party: one party may hold rights under several names."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="holder_names")
    holder = models.OneToOneField(Holder, on_delete=models.PROTECT, related_name="party_link")

    class Meta:
        db_table = "desk_partyholder"

    def __str__(self) -> str:
        return f"{self.party} = {self.holder}"
