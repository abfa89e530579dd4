"""What is refused of resources and their bookings, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "resource",
    {
        "not_there": (
            Text(ko="그런 자원이 없습니다.", en="There is no such resource."),
            Text(ko="자원 지도에서 다시 고르십시오.", en="Choose it on the map again."),
        ),
        "words": (
            Text(
                ko="이름, 기관, 종류, 권역 가운데 빈 것이 있거나 너무 깁니다.",
                en="Title, body, kind or region is empty or too long.",
            ),
            Text(ko="고쳐서 다시 보내십시오.", en="Correct it, and send it again."),
        ),
        "place": (
            Text(ko="위도와 경도가 도(°) 단위의 수가 아닙니다.", en="Latitude or longitude is no number of degrees."),
            Text(
                ko="둘 다 적거나 둘 다 비우십시오. 예: 35.17, 126.91",
                en="Give both (35.17 and 126.91), or none.",
            ),
        ),
        "not_booked": (
            Text(ko="예약하는 자원이 아닙니다.", en="This resource is not booked."),
            Text(ko="적혀 있는 이용 규칙을 따르십시오.", en="Follow the rules that stand with it."),
        ),
        "time": (
            Text(
                ko="예약 시간이 맞지 않습니다(지난 시간, 92일 초과, 2년 뒤).",
                en="The time cannot be booked: it is over, longer than 92 days, or beyond two years.",
            ),
            Text(ko="시작과 끝을 다시 적으십시오.", en="Give another beginning and end."),
        ),
        "booking_words": (
            Text(ko="누가 무엇에 쓰는지 적지 않았거나 너무 깁니다.", en="For whom or what for is empty or too long."),
            Text(ko="적어서 다시 보내십시오.", en="Write it, and send it again."),
        ),
        "no_booking": (
            Text(ko="없거나 지났거나 이미 취소한 예약입니다.", en="No such booking, or it is over or cancelled."),
            Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        ),
    },
)
"""`area.reason`: resource.not_there and so on."""
