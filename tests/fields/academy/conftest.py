"""The hall of readers, where finds come from, with its files where pages look for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.chosen import Choose
from tests.fields.xray.hall import Hall
from tests.fields.xray.hall import hall as hall


@pytest.fixture
def served(hall: Hall, choose: Choose) -> Hall:
    choose(home=hall.blobs.folder.parent)
    hall.now = timezone.now() - timedelta(minutes=5)
    return hall
