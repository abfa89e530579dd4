"""The test bed, its poles, and what hangs on them."""

from __future__ import annotations

from django.db import models


class TestBed(models.Model):
    """A district or street in which poles are tried, with the question that the trial is to answer."""

    __test__ = False
    code = models.CharField(max_length=20, unique=True)
    name_ko = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    question = models.TextField(blank=True, help_text="What the trial is to find out, written before it starts")
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "street_testbed"

    def __str__(self) -> str:
        return self.code


class Pole(models.Model):
    """One pole. `feeder`: the line that its lamp and devices are fed from; what fails with it is one fault.

    `password_sha256`: of the pole's own password, for HTTP; `broker_password`: the same as Mosquitto keeps it. Neither
    can be turned back.
    """

    key = models.CharField(max_length=40, unique=True)
    test_bed = models.ForeignKey(TestBed, on_delete=models.PROTECT, related_name="poles")
    place_ko = models.CharField(max_length=200, blank=True)
    place_en = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    feeder = models.CharField(max_length=40, blank=True, db_index=True)
    added_at = models.DateTimeField()
    expected_every_s = models.PositiveIntegerField(default=60, help_text="A message comes at least so often")
    maintenance_until = models.DateTimeField(null=True, blank=True, help_text="Its alerts call nobody until then")
    password_sha256 = models.CharField(max_length=64, blank=True)
    broker_password = models.CharField(max_length=200, blank=True)
    reader_settings = models.JSONField(default=dict, blank=True, help_text="What differs here from the usual ones")
    name = models.CharField(max_length=200, blank=True, help_text="As SensorThings says it; the key where it is empty")
    description = models.TextField(blank=True)
    properties = models.JSONField(null=True, blank=True, help_text="Of the Thing in SensorThings")
    gone_at = models.DateTimeField(null=True, blank=True, help_text="Taken down: nothing of it is taken any more")

    class Meta:
        db_table = "street_pole"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Device(models.Model):
    """A thing on a pole: gateway, lamp controller, sensor head. Who made it, how it is fed, who looks after it.
    `pole` None: a make of sensor that SensorThings named, wherever it hangs."""

    pole = models.ForeignKey(Pole, null=True, on_delete=models.PROTECT, related_name="devices")
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    maker = models.CharField(max_length=100, blank=True)
    model = models.CharField(max_length=100, blank=True)
    firmware = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=40, blank=True, help_text="LoRa, LTE-M, Ethernet")
    power = models.CharField(max_length=40, blank=True, help_text="Feeder, battery, solar")
    operator = models.CharField(max_length=100, blank=True)
    calibrated_on = models.DateField(null=True, blank=True)
    calibration_due_on = models.DateField(null=True, blank=True)
    maintained_on = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    encoding_type = models.CharField(max_length=100, blank=True)
    metadata = models.JSONField(null=True, blank=True)
    properties = models.JSONField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "street_device"
        ordering = ["pole", "key"]
        constraints = [models.UniqueConstraint(fields=["pole", "key"], name="one_device_a_key")]

    def __str__(self) -> str:
        return f"{self.pole_id}/{self.key}"


class Sensor(models.Model):
    """What observes one property, the Datastream of SensorThings. `observed`: a name of pandok.fields.street.observed,
    or the key of a property that SensorThings named."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="sensors")
    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="sensors")
    key = models.CharField(max_length=40)
    observed = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    observed_property = models.ForeignObject(
        "ObservedProperty",
        on_delete=models.DO_NOTHING,
        from_fields=["observed"],
        to_fields=["key"],
        related_name="datastreams",
        null=True,
    )
    """No column of its own."""
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    unit_name = models.CharField(max_length=100, blank=True)
    unit_definition = models.CharField(max_length=300, blank=True)
    properties = models.JSONField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "street_sensor"
        ordering = ["pole", "key", "observed"]
        constraints = [models.UniqueConstraint(fields=["pole", "key", "observed"], name="one_sensor_a_property")]

    def __str__(self) -> str:
        return f"{self.pole_id}/{self.key}"
