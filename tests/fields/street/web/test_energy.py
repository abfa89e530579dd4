"""The page of energy: what was burnt beside full nights, a schedule to compare with, the table out."""

from __future__ import annotations

from pathlib import Path

from pandok.common.models import AuditEntry
from pandok.fields.street.acts.computing_energy import compute_night
from tests.fields.street.acts.test_energy import DAY, NIGHT, burns, lamp
from tests.fields.street.bed import NOON
from tests.roles import Role
from tests.world import Site


def test_a_month_with_a_drawing_a_schedule_and_a_table_out(site: Site, tmp_path: Path) -> None:
    client = site.client(Role.STREET_OPERATOR)
    assert "<svg" not in client.get("/street/energy/?first=2026-07-01&last=2026-07-02").content.decode()
    lamp("buk-1")
    burns("buk-1", 5, 18, 100.0)
    compute_night(NIGHT, tmp_path, now=NOON + DAY)
    period = "first=2026-07-01&last=2026-07-02"
    page = client.get(f"/street/energy/?{period}&dim_from=23:00&dim_until=05:00&dim_percent=50").content.decode()
    assert page.count("<rect") == 1
    assert "이 계획이면" in page
    for wrong in ("dim_from=23:00", "dim_from=25:00&dim_until=05:00&dim_percent=50", "first=soon"):
        assert client.get(f"/street/energy/?{period}&{wrong}").status_code == 422
    out = client.get(f"/street/energy/lamps.csv?{period}")
    assert b"buk-1,buk,lamp-1,100.000,seen," in out.content
    for form in ("xlsx", "parquet"):
        assert client.get(f"/street/energy/lamps.{form}?{period}").status_code == 200
    assert client.get(f"/street/energy/lamps.exe?{period}").status_code == 404
    assert AuditEntry.objects.filter(action="street-energy.exported").count() == 3
