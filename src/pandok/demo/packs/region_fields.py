"""The packs of the fields in which regional programmes are planned, each with its simple model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.demo.packs.simple.additive import Columns, fit_additive
from pandok.demo.packs.simple.letters import fit_letters
from pandok.demo.packs.simple.pixels import fit_pixels
from pandok.demo.packs.simple.simple_model import SimpleModel
from pandok.fields.programme.topics import Topic

if TYPE_CHECKING:
    from pandok.fields.lab.acts.packs.pack import Pack


@dataclass(frozen=True)
class FieldPack:
    """`data`: folder below PANDOK_SHARED/data, or "" where the data come with Pandok. `address`: where they are from.
    `decides`: who decides what, and what an error costs. `lacks`: what cannot be had and therefore not be asked."""

    topic: Topic
    pack_id: str
    data: tuple[str, ...]
    address: str
    decides: Text
    lacks: Text
    fit: Callable[[Pack], SimpleModel]


FIELD_PACKS = (
    FieldPack(
        Topic.MANUFACTURING, "machine-hours", ("nab",), "https://github.com/numenta/NAB",
        Text(
            ko="설비 책임자가 기계를 멈추고 점검할지 정합니다. 놓치면 고장으로 라인이 서고, 헛경보는 점검 한"
            " 번의 시간을 씁니다.",
            en="The plant's engineer decides whether to stop the machine and look. A failure that is"
            " missed stops the line; a false alarm costs the time of one inspection.",
        ),
        Text(
            ko="기계 한 대, 고장 구간 네 번뿐이며 확인 부분에는 한 번입니다. 국내 공장의 자료는 여기에 없습니다.",
            en="One machine and four failures, one of them in the confirm part; no data of a Korean plant are here.",
        ),
        partial(fit_additive, how=Columns((), penalty=10.0)),
    ),
    FieldPack(
        Topic.LOGISTICS, "inspection-choice", ("customs_declaration",),
        "https://github.com/Seondong/Customs-Declaration-Datasets",
        Text(
            ko="보세창고의 검사 책임자가 그날 어느 화물을 열지 정합니다. 놓친 우범은 나가고, 헛되이 연 화물은"
            " 하루를 잃습니다.",
            en="Who is responsible for inspection in a bonded warehouse decides what is opened that day."
            " Fraud that is missed goes out; what is opened in vain loses a day.",
        ),
        Text(
            ko="합성 자료이며, 실제 검사 결과와 검사에 든 시간은 공개되어 있지 않습니다.",
            en="Synthetic lines; what real inspections found and how long they took is not public.",
        ),
        partial(
            fit_additive,
            how=Columns(
                ("office", "process_type", "import_type", "import_use", "payment_type", "transport",
                 "origin_indicator", "origin", "hs2", "hs4"),
                ("tax_rate", "net_mass_kg", "item_price_krw"), penalty=20.0,
            ),
        ),
    ),
    FieldPack(
        Topic.ENERGY, "solar-hours", (), "https://pypi.org/project/pvanalytics/0.2.2/",
        Text(
            ko="발전소 운영자가 다음 한 시간에 저장장치를 채울지 내보낼지 정합니다. 어긋난 전력량만큼 정산금을"
            " 잃습니다.",
            en="The operator of the plant decides whether storage is charged or emptied in the coming"
            " hour. What is off by is settled in money.",
        ),
        Text(
            ko="미국 지붕 하나의 여름 105일이며 겨울과 일기예보가 없습니다. 국내 발전량·소비전력 자료는 여기에"
            " 없습니다.",
            en="One roof in the United States for 105 summer days, no winter and no forecast; no Korean power"
            " data are here.",
        ),
        partial(fit_additive, how=Columns(("hour",), penalty=1.0)),
    ),
    FieldPack(
        Topic.HEALTH, "personal-cells", ("customs_declaration", "floodnet_nyc"),
        "https://github.com/Seondong/Customs-Declaration-Datasets, https://data.cityofnewyork.us (aq7i-eu5q)",
        Text(
            ko="데이터 책임자가 어느 칸을 연구자에게 내보낼지 정합니다. 놓치면 환자의 정보가 새고, 헛되이"
            " 붙잡으면 사람이 한 번 더 봅니다.",
            en="The data officer decides which cells researchers may have. What is missed leaks a"
            " patient's data; what is held back in vain is looked at once more.",
        ),
        Text(
            ko="개인정보가 든 실제 의무기록은 공개될 수 없습니다. 문장과 개인정보는 지어냈고, 닮은 값만 실제"
            " 공개 자료입니다.",
            en="Real records with personal data cannot be public: sentences and personal values are invented, only the"
            " values that look like them are real.",
        ),
        fit_letters,
    ),
    FieldPack(
        Topic.FARMING, "market-produce", ("designs-produce",), "https://github.com/marcusklasson/GroceryStoreDataset",
        Text(
            ko="직매장 책임자가 저울이 고른 품목으로 값을 매길지 정합니다. 틀리면 농가나 손님이 값의 차이를 잃습니다.",
            en="Who runs the farm shop decides whether the scale's choice sets the price. A wrong one"
            " costs the grower or the customer the difference.",
        ),
        Text(
            ko="스웨덴 가게의 품목입니다. 국내 농산물과 관광의 자료는 여기에 없습니다.",
            en="Goods of Swedish shops; no data of Korean produce and none of tourism are here.",
        ),
        fit_pixels,
    ),
    FieldPack(
        Topic.MEDIA, "mention-bursts", ("nab",), "https://github.com/numenta/NAB",
        Text(
            ko="편집 당직이 다음 한 시간에 한 사람을 더 부를지 정합니다. 놓치면 소문이 확인 없이 퍼지고,"
            " 헛되이 부르면 한 시간의 인건비를 씁니다.",
            en="The editor on duty decides whether to call in another person for the coming hour. A"
            " missed burst lets rumours spread unchecked; a call in vain costs an hour's pay.",
        ),
        Text(
            ko="기업 열 곳의 언급 수뿐이며 글의 내용은 없습니다. 국내 매체의 자료는 여기에 없습니다.",
            en="Counts of mentions of ten firms without any text; no data of Korean media are here.",
        ),
        partial(fit_additive, how=Columns(
            (), ("times_1h", "times_2h", "times_3h", "times_24h_most", "usual_next", "usual_last"), penalty=10.0,
        )),
    ),
)  # fmt: skip
OF_PACK = {one.pack_id: one for one in FIELD_PACKS}


def field_pack(pack_id: str) -> FieldPack:
    """Raises RequestError for a name that is no field's."""
    found = OF_PACK.get(pack_id)
    if found is None:
        names = ", ".join(OF_PACK)
        raise RequestError(
            Text(ko=f"분야의 과제가 아닙니다: {pack_id}", en=f"It is no problem of a field: {pack_id}"),
            Text(ko=f"다음 가운데 고르십시오: {names}.", en=f"Choose one of: {names}."),
            code="pack.no_field",
        )
    return found
