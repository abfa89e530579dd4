"""What each lamp took in each night, computed from its readings."""

from __future__ import annotations

from django.db import models

from pandok.fields.street.models.places import Pole


class LampNight(models.Model):
    """One lamp from a noon to the next, by what was stored when it was computed; computed again while readings may
    still come. `lamp`: the sensor that measures it, or that says what it was told. Hours and kWh as in
    pandok.readers.streetlights.lamp_energy."""

    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="nights")
    lamp = models.CharField(max_length=40)
    night = models.DateField(db_index=True, help_text="The day on whose noon it begins")
    night_h = models.FloatField()
    measured_h = models.FloatField()
    measured_kwh = models.FloatField()
    told_h = models.FloatField()
    told_full_h = models.FloatField()
    day_h = models.FloatField()
    day_kwh = models.FloatField()
    high_w = models.FloatField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "street_lampnight"
        ordering = ["night", "pole", "lamp"]
        constraints = [models.UniqueConstraint(fields=["pole", "lamp", "night"], name="one_lamp_a_night")]
