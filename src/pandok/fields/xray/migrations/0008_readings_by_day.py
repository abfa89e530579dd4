"""Readings of a period are found without looking at all of them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("xray", "0007_tomography_and_reports")]
    operations = [
        migrations.AddIndex(
            model_name="imagereading", index=models.Index(fields=["decided_at"], name="image_reading_decided")
        ),
    ]
