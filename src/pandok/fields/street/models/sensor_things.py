"""What SensorThings says of poles beside their own records: properties, places, what was seen, corrections."""

from __future__ import annotations

from django.db import models

from pandok.fields.street.models.places import Pole, Sensor


class ObservedProperty(models.Model):
    """`key`: of pandok.fields.street.observed, or `own-N` for one that SensorThings named: no reader reads it."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    definition = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    properties = models.JSONField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "street_observedproperty"

    def __str__(self) -> str:
        return self.key


class Location(models.Model):
    """Where poles stand or stood, as GeoJSON or in another encoding."""

    poles = models.ManyToManyField(Pole, related_name="locations", db_table="street_location_poles")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    encoding_type = models.CharField(max_length=100)
    location = models.JSONField()
    properties = models.JSONField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "street_location"

    def __str__(self) -> str:
        return self.name


class HistoricalLocation(models.Model):
    """From when a pole stood there."""

    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="historical_locations")
    locations = models.ManyToManyField(
        Location, related_name="historical_locations", db_table="street_historicallocation_locations"
    )
    time = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "street_historicallocation"


class FeatureOfInterest(models.Model):
    """What was observed. `of_location`: made of the place of a pole, for its observations that name none."""

    of_location = models.OneToOneField(Location, null=True, on_delete=models.SET_NULL, related_name="feature")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    encoding_type = models.CharField(max_length=100)
    feature = models.JSONField()
    properties = models.JSONField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "street_featureofinterest"

    def __str__(self) -> str:
        return self.name


class ObservationFacts(models.Model):
    """What SensorThings says of an observation beyond its reading, and what was corrected. The reading itself stays as
    it was taken: history and replays do not change."""

    observation = models.BigIntegerField(primary_key=True)
    sensor = models.ForeignKey(Sensor, on_delete=models.PROTECT, related_name="+")
    feature = models.ForeignKey(FeatureOfInterest, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.FloatField(null=True)
    at = models.DateTimeField(null=True)
    result_at = models.DateTimeField(null=True)
    said = models.JSONField(default=dict, help_text="validTime, resultQuality, parameters, and an interval observed")
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "street_observationfacts"
