"""A right that an import had marked as expired because its last day was over is kept as its source said it again.

Whether it stands is worked out for the day of each question from now on; its views are noted for the index, whose
filter must not hide a right that is renewed.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone

from pandok.core.rights import LegalStatus, canonical_status


def as_said(apps: Any, _: Any) -> None:
    design, view = apps.get_model("register", "Design"), apps.get_model("register", "View")
    step = apps.get_model("register", "RegisterChange")
    words = design.objects.filter(status=LegalStatus.EXPIRED.value).values_list("status_word", flat=True).distinct()
    in_force = [word for word in words if word and canonical_status(word) is LegalStatus.IN_FORCE]
    marked = design.objects.filter(status=LegalStatus.EXPIRED.value, status_word__in=in_force)
    ids = list(marked.values_list("pk", flat=True))
    now = timezone.now()
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        design.objects.filter(pk__in=part).update(status=LegalStatus.IN_FORCE.value)
        views = view.objects.filter(design_id__in=part, withdrawn_at=None).values_list("pk", flat=True)
        step.objects.bulk_create([step(kind="filter", view_id=key, at=now) for key in views])


class Migration(migrations.Migration):
    dependencies = [("register", "0003_further_classes")]

    operations = [migrations.RunPython(as_said, migrations.RunPython.noop)]
