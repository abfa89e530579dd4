"""`pandok xray similar NUMBER`: past scans that look like one that was decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.fields.xray.lists.similar import SimilarScan


def similar(
    number: Annotated[str, typer.Argument(help="검사 번호 · Number of the inspection, as 2026-X-000123.")],
    heading: Annotated[str, typer.Option("--heading", help="이 HS 4단위만 · Only of this HS4.")] = "",
    most: Annotated[int, typer.Option("--most", min=1, max=50, help="최대 건수 · At most so many.")] = 6,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """비슷한 지난 영상을 찾습니다 · Find past scans that look like one; what waits to be read is not asked about."""
    start_django()
    from pandok.fields.xray.acts.deciding import newest_scan
    from pandok.fields.xray.lists.similar import similar_scans
    from pandok.fields.xray.models import Inspection
    from pandok.fields.xray.refusals import refusal
    from pandok.fields.xray.similar_index import indexes_at
    from pandok.fields.xray.states import READABLE
    from pandok.settings import settings

    inspection = Inspection.objects.filter(number=number).first()
    if inspection is None:
        raise refusal("not_there")
    if heading and not (len(heading) == 4 and heading.isascii() and heading.isdecimal()):
        raise refusal("bad_heading")
    if inspection.stands in READABLE:
        raise refusal("waits")
    found = similar_scans(
        newest_scan(inspection),
        visible=Inspection.objects.all(),
        indexes=indexes_at(settings().home),
        most=most,
        heading=heading,
    )
    _show(found, in_json=in_json)


def _show(found: list[SimilarScan], *, in_json: bool) -> None:
    if in_json:
        print_json(
            [
                {
                    "number": one.inspection.number,
                    "goods": one.inspection.goods,
                    "hs_code": one.inspection.hs_code,
                    "view": one.view.name,
                    "cosine": one.cosine,
                    "closeness": one.closeness.value,
                    "found": one.found.value if one.found else None,
                }
                for one in found
            ]
        )
        return
    if not found:
        none = Text(ko="비슷한 지난 영상이 없습니다.", en="No past scan looks like it.")
        console().print(say(none))
    for one in found:
        opened = say(one.found.words) if one.found else say(Text(ko="개장하지 않음", en="not opened"))
        told = (one.inspection.number, say(one.closeness.words), f"{one.cosine:.3f}", one.inspection.goods, opened)
        console().print("\t".join(told), soft_wrap=True, markup=False)
