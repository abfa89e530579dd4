"""What the privacy notice says of data that Pandok keeps, with its purpose. The agency adds its own grounds."""

from __future__ import annotations

from pandok.core.retention import Period, Starts
from pandok.core.text import Text

KEPT: tuple[tuple[Text, Text], ...] = (
    (
        Text(
            ko="계정: 아이디, 이름, 부서, 전화번호, 메일 주소",
            en="Accounts: user name, name, department, telephone, mail",
        ),
        Text(ko="본인 확인, 업무 배정, 연락", en="To sign in, to assign work, to be reached"),
    ),
    (
        Text(
            ko="권리자·수입자: 이름, 메일 주소, 전화번호, 보낸 진술과 서류",
            en="Holders and importers: name, mail, telephone, what they state and send",
        ),
        Text(ko="통지, 회신 접수, 처분의 근거", en="To notify, to take answers, as grounds of decisions"),
    ),
    (
        Text(
            ko="물품 사진: 촬영한 원본 파일(촬영 위치와 기기 정보가 들어 있을 수 있음)",
            en="Photographs of goods: the file as taken, which may hold place and device",
        ),
        Text(
            ko="등록디자인 검색. 화면과 상대방에게는 위치·기기 정보가 없는 사본만 보임",
            en="To find registered designs. Pages and other parties get copies without place and device only",
        ),
    ),
    (
        Text(
            ko="이용 기록: 누가 언제 무엇을 보고 바꾸었는지, 접속한 곳",
            en="Records of use: who looked at and changed what, and when; where sign-ins came from",
        ),
        Text(ko="접근 통제와 감사", en="Control of access, audit"),
    ),
)
GIVEN_TO: tuple[Text, ...] = (
    Text(
        ko="권리자와 수입자: 통지에 실린 내용과, 담당 공무원이 사유를 적고 공유한 서류",
        en="Holder and importer: what their notice shows, and papers that the officer shared with a reason",
    ),
    Text(
        ko="실증에 참여하는 기업: 없음. 자료는 기관 밖으로 나가지 않음",
        en="Companies under test: nothing. Data do not leave the agency",
    ),
)
_STARTS: dict[Starts, Text] = {
    "case_closed": Text(ko="사건 종결부터", en="from the end of the case"),
    "photographed": Text(ko="촬영부터", en="from the photograph"),
    "delivered": Text(ko="발송부터", en="from sending"),
}


def length_of(period: Period) -> Text:
    """The length of a period in words, with the day that it is counted from."""
    parts = [(period.years, "년", "year"), (period.days, "일", "day")]
    ko = " ".join(f"{count}{unit}" for count, unit, _ in parts if count)
    en = " ".join(f"{count} {unit}{'s' if count != 1 else ''}" for count, _, unit in parts if count)
    start = _STARTS[period.starts]
    return Text(ko=f"{start.ko} {ko}", en=f"{en} {start.en}")
