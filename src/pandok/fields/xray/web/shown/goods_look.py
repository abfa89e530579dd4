"""The declaration held against what the image shows: mass, pieces, likeness to earlier scans of the heading."""

from __future__ import annotations

from collections.abc import Sequence

from pandok.core.text import Text, counted
from pandok.fields.xray.lists.earlier_looks import HEADING_DIGITS
from pandok.fields.xray.models import Inspection, ScanLook
from pandok.readers.xray.help.goods_look import ALIKE, LEAST_EARLIER, unlike_earlier
from pandok.readers.xray.help.words import mass_span_g

ODD = 0.1
"""One in ten honest goods of a heading, or fewer, looks so unlike the rest."""
MASS_SLACK = 1.15
"""Scatter, the belt and packing: what else makes measured and declared mass differ."""
_OPAQUE = 0.02


def held_against(look: ScanLook, inspection: Inspection, earlier: Sequence[Sequence[float]]) -> list[Text]:
    """Sentences, the heading first."""
    heading = _heading(look, inspection, earlier)
    return [one for one in (heading, _mass(look, inspection), _pieces(look, inspection), _homogeneity(look)) if one]


def _heading(look: ScanLook, inspection: Inspection, earlier: Sequence[Sequence[float]]) -> Text | None:
    code = inspection.hs_code[:HEADING_DIGITS]
    if len(code) < HEADING_DIGITS:
        return None
    share = unlike_earlier(look.profile, earlier)
    scans = counted(len(earlier), "earlier scan")
    if share is None:
        return Text(
            ko=f"HS {code}의 이전 영상이 {len(earlier)}건뿐이라 비교할 수 없습니다({LEAST_EARLIER}건부터 비교).",
            en=f"Only {scans} of HS {code}: too few to compare with ({LEAST_EARLIER} are needed).",
        )
    percent = 100 * share
    if share <= ODD:
        return Text(
            ko=f"이전 HS {code} 영상 {len(earlier)}건과 다르게 보입니다. "
            f"정상 물품도 {percent:.0f} %는 이만큼 다릅니다.",
            en=f"Does not look like {scans} of HS {code}. {percent:.0f} % of honest goods look as odd.",
        )
    return Text(
        ko=f"이전 HS {code} 영상 {len(earlier)}건과 다르지 않게 보입니다. 내용이 같다는 뜻은 아닙니다.",
        en=f"Looks no odder than {scans} of HS {code}. That does not say that it is the same.",
    )


def _mass(look: ScanLook, inspection: Inspection) -> Text:
    low, high = (one / 1000 for one in mass_span_g(look.mass_g))
    at_least = look.opaque_share > _OPAQUE
    span_ko = f"{low:.1f} kg 이상" if at_least else f"{low:.1f}–{high:.1f} kg"
    span_en = f"{low:.1f} kg or more" if at_least else f"{low:.1f}–{high:.1f} kg"
    said = Text(ko=f"영상에서 잰 질량: 용기 포함 {span_ko}.", en=f"Mass in the image, container included: {span_en}.")
    if inspection.mass_g is None:
        return said
    declared = inspection.mass_g / 1000
    if declared < low / MASS_SLACK:
        return Text(
            ko=f"{said.ko} 신고 {declared:.1f} kg보다 무겁습니다.",
            en=f"{said.en} Heavier than the declared {declared:.1f} kg.",
        )
    if not at_least and declared > high * MASS_SLACK:
        return Text(
            ko=f"{said.ko} 신고 {declared:.1f} kg보다 가볍습니다.",
            en=f"{said.en} Lighter than the declared {declared:.1f} kg.",
        )
    return Text(
        ko=f"{said.ko} 신고 {declared:.1f} kg과 맞습니다.", en=f"{said.en} Agrees with {declared:.1f} kg declared."
    )


def _pieces(look: ScanLook, inspection: Inspection) -> Text:
    ko, en = f"따로 보이는 덩어리: {look.pieces}개", f"Pieces that stand apart: {look.pieces}"
    if inspection.quantity:
        ko, en = f"{ko}(신고 {int(inspection.quantity)}개)", f"{en} ({int(inspection.quantity)} declared)"
    return Text(ko=f"{ko}. 겹친 것은 하나로 셉니다.", en=f"{en}. What lies above each other counts as one.")


def _homogeneity(look: ScanLook) -> Text:
    percent = 100 * look.alike_share
    return Text(
        ko=f"질량의 {percent:.0f} %가 물질 지수 f {look.index:.2f} ± {ALIKE}에 있습니다.",
        en=f"{percent:.0f} % of the mass have a material index f of {look.index:.2f} ± {ALIKE}.",
    )
