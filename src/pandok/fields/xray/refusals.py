"""What is refused at the reading desk of X-ray, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "xray",
    {
        "not_there": (
            Text(ko="그 검사가 없거나 볼 수 없습니다.", en="There is no such inspection, or it is not shown to you."),
            Text(ko="목록에서 다시 고르십시오.", en="Choose it from the list again."),
        ),
        "not_shown": (
            Text(ko="이 영상은 지금 이 화면에서 판독 중이 아닙니다.", en="This scan is not being read on your screen."),
            Text(ko="다음 영상을 여십시오.", en="Go on to the next scan."),
        ),
        "decided": (
            Text(ko="이미 판독된 영상입니다.", en="This scan has been decided on."),
            Text(ko="다음 영상을 여십시오.", en="Go on to the next scan."),
        ),
        "machine_name": (
            Text(ko="장비 이름으로 쓸 수 없습니다.", en="This cannot be the name of a machine."),
            Text(
                ko="영문 소문자, 숫자, 붙임표로 40자까지 쓰십시오. 예: hall-2",
                en="Use up to 40 lower-case letters, digits and hyphens, as hall-2.",
            ),
        ),
        "not_counts": (
            Text(
                ko="암전류와 공기 영상은 보정하지 않은 계수 영상이어야 하고, 에너지 수가 같아야 합니다.",
                en="Dark and air must be scans of uncorrected counts, both with the same energies.",
            ),
            Text(
                ko="같은 장비에서 저장한 16비트 영상을 에너지별로(…_low, …_high) 지정하십시오.",
                en="Give 16-bit images of the same machine, one for each energy (…_low, …_high).",
            ),
        ),
        "spectra_shipped": (
            Text(ko="Pandok에 들어 있는 스펙트럼의 이름입니다.", en="Spectra of this name come with Pandok."),
            Text(ko="다른 이름을 쓰십시오.", en="Use another name."),
        ),
        "blur_machine": (
            Text(ko="장비 이름이 비어 있습니다.", en="The machine has no name."),
            Text(
                ko="영상에 적힌 장비 이름을 그대로 쓰십시오(pandok xray inspect).",
                en="Use the name that its scans say (pandok xray inspect).",
            ),
        ),
        "wedge_one_energy": (
            Text(ko="시편 영상에 두 에너지가 없습니다.", en="The scan of the wedge does not hold two energies."),
            Text(
                ko="두 에너지 영상을 함께 지정하십시오(…_low, …_high).",
                en="Give the images of both energies together (…_low, …_high).",
            ),
        ),
        "bad_period": (
            Text(ko="종료일이 시작일보다 앞섭니다.", en="The last day lies before the first."),
            Text(ko="날짜를 고쳐 다시 보내십시오.", en="Send it again with other days."),
        ),
        "one_scan": (
            Text(ko="영상 한 건을 지정해야 합니다.", en="One scan is needed here."),
            Text(
                ko="한 스캔의 파일만 지정하십시오(두 에너지면 두 파일).",
                en="Give the files of one scan (two files where it has two energies).",
            ),
        ),
        "waits": (
            Text(ko="아직 판독하지 않은 검사입니다.", en="This inspection waits to be read."),
            Text(ko="판독이 끝난 뒤 다시 찾으십시오.", en="Ask again when it was decided on."),
        ),
        "bad_heading": (
            Text(ko="HS 4단위가 아닙니다.", en="This is no heading of the Harmonized System."),
            Text(ko="숫자 네 자리로 적으십시오. 예: 0805", en="Write four digits, as 0805."),
        ),
        "no_mark": (
            Text(ko="의심되는 곳을 표시하지 않았습니다.", en="No place is marked."),
            Text(
                ko="개장할 곳을 영상에 한 곳 이상 표시한 뒤 다시 누르십시오.",
                en="Mark at least one place on the image, then press again.",
            ),
        ),
        "bad_mark": (
            Text(
                ko="표시가 영상 밖에 있거나 읽을 수 없습니다.", en="A mark lies outside the image, or cannot be read."
            ),
            Text(ko="표시를 지우고 다시 그리십시오.", en="Remove the mark and draw it again."),
        ),
        "second_look_given": (
            Text(ko="재판독에서는 통과 또는 개장을 정해야 합니다.", en="A second look ends with clear or open."),
            Text(ko="통과나 개장을 고르십시오.", en="Choose one of them."),
        ),
        "own_second_look": (
            Text(ko="재판독은 처음 판독한 사람이 할 수 없습니다.", en="The first reader cannot take the second look."),
            Text(ko="다른 판독관에게 맡기십시오.", en="Leave it to another reader."),
        ),
        "too_late": (
            Text(ko="판독을 취소할 수 있는 시간이 지났습니다.", en="It is too late to take this decision back."),
            Text(ko="판독 책임자에게 다시 판독을 요청하십시오.", en="Ask the supervisor to have it read again."),
        ),
        "not_yours": (
            Text(ko="본인이 판독한 영상이 아닙니다.", en="You did not decide on this scan."),
            Text(ko="판독 책임자에게 다시 판독을 요청하십시오.", en="Ask the supervisor to have it read again."),
        ),
        "drawn": (
            Text(
                ko="추첨으로 개장이 정해진 물품이라 취소할 수 없습니다.",
                en="It was drawn to be opened; this cannot be taken back.",
            ),
            Text(ko="다음 영상을 여십시오.", en="Go on to the next scan."),
        ),
        "reader_opens": (
            Text(ko="판독한 사람은 개장 결과를 기록할 수 없습니다.", en="Who read a scan cannot record its opening."),
            Text(ko="다른 개장검사 공무원이 기록하십시오.", en="Another officer records it."),
        ),
        "what_missing": (
            Text(ko="무엇이 나왔는지 적지 않았습니다.", en="It does not say what was found."),
            Text(ko="나온 물품을 5자 이상으로 적으십시오.", en="Write what it was, in 5 letters or more."),
        ),
        "too_much": (
            Text(ko="표시나 글이 너무 많습니다.", en="Too many marks, or too long a text."),
            Text(ko="표시는 20곳, 글은 2000자까지입니다.", en="At most 20 marks and 2000 letters."),
        ),
        "no_views": (
            Text(ko="이 파일에는 판독할 영상이 없습니다.", en="This file holds no image to read."),
            Text(ko="영상이 들어 있는 파일을 고르십시오.", en="Choose a file with an image."),
        ),
        "report_without_scan": (
            Text(
                ko="이 위협 보고(TDR)가 가리키는 영상이 없습니다.",
                en="The scan that this threat report (TDR) speaks of is not here.",
            ),
            Text(
                ko="그 영상 파일을 먼저 가져오거나, 영상과 보고를 함께 올리십시오.",
                en="Import that scan first, or bring scan and report together.",
            ),
        ),
        "nothing_due": (
            Text(ko="지금 삭제할 영상이 없습니다.", en="There is no image to delete now."),
            Text(
                ko="보존기간이 지난 영상이 생기면 다시 하십시오.", en="Come back when the term of some image is over."
            ),
        ),
        "hold_lifted": (
            Text(ko="이 보존 조치는 이미 해제되었습니다.", en="This hold has been lifted already."),
            Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        ),
        "deletion_stage": (
            Text(ko="이 삭제는 지금 이 단계가 아닙니다.", en="This deletion is not at this stage now."),
            Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        ),
        "erased": (
            Text(
                ko="이 검사의 영상은 보존기간이 지나 삭제되었습니다.",
                en="The images of this inspection were deleted after their term.",
            ),
            Text(
                ko="판독과 개장 결과는 검사 화면에 남아 있습니다.", en="Its readings and its opening stand on its page."
            ),
        ),
        "too_many_files": (
            Text(ko="한 영상의 파일은 네 개까지입니다.", en="At most four files are one scan."),
            Text(ko="영상마다 따로 보내십시오.", en="Send each scan by itself."),
        ),
        "no_measurement": (
            Text(
                ko="색으로 된 화면 그림에는 잰 값이 없어 구조를 비교할 수 없습니다.",
                en="A picture in colours holds no measurement, so no structure can be compared with it.",
            ),
            Text(ko="투과율이나 계수가 담긴 파일을 가져오십시오.", en="Import a file of transmission or counts."),
        ),
        "withdrawn": (
            Text(ko="이미 비교에서 뺀 빈 컨테이너입니다.", en="This empty container is withdrawn already."),
            Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        ),
        "reader_not_accepted": (
            Text(
                ko="이 판독 보조 모델은 이 기관의 실증랩에서 수용되지 않았습니다.",
                en="This reader program was not accepted in the lab of this site.",
            ),
            Text(
                ko="실증랩에서 수용시험을 마친 뒤 쓰거나, PANDOK_XRAY_READER를 기본값으로 되돌리십시오.",
                en="Have it accepted in the lab first, or set PANDOK_XRAY_READER back to its default.",
            ),
        ),
        "bad_declaration": (
            Text(ko="신고 내용 가운데 읽을 수 없는 값이 있습니다.", en="A value of the declaration cannot be read."),
            Text(ko="HS 부호, 수량, 중량, 가격을 확인하십시오.", en="Check HS code, quantity, mass and value."),
        ),
    },
)
"""`area.reason`: xray.not_there and so on."""
