"""What the academy writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "course.made": Text(ko="아카데미 과정 만들기", en="Course of the academy made"),
    "course.closed": Text(ko="아카데미 과정 닫기", en="Course of the academy closed"),
    "certificate.issued": Text(ko="판독 자격증 발급", en="Certificate of reading issued"),
    "certificate_form.drawn": Text(ko="자격 시험지 추첨", en="Certificate test drawn"),
    "certificate_form.accepted": Text(
        ko="자격 시험지 확인(두 번째 사람)", en="Certificate test accepted by a second person"
    ),
    "certificate_form.rejected": Text(
        ko="자격 시험지 거부(두 번째 사람)", en="Certificate test rejected by a second person"
    ),
    "set_picture.accepted": Text(
        ko="측정·시험 영상 승인(두 번째 사람)", en="Picture to measure with accepted by a second person"
    ),
    "set_picture.rejected": Text(
        ko="측정·시험 영상 거부(두 번째 사람)", en="Picture to measure with rejected by a second person"
    ),
    "sitting.clock_back": Text(
        ko="학습·시험 중 서버 시계가 뒤로 감", en="Clock of the server set back during a sitting"
    ),
    "academy.filled": Text(ko="학습 영상 만들기", en="Bank of pictures filled"),
    "academy.calibrated": Text(ko="학습 영상 난이도 보정", en="Difficulty of pictures calibrated"),
    "academy.looked": Text(ko="학습 자료 영상 열람", en="Image of a lesson looked at"),
    "realism.said": Text(ko="영상 실감 평가", en="Realism of an image judged"),
    "group.made": Text(ko="학습반 만들기", en="Group made"),
    "group.closed": Text(ko="학습반 닫기", en="Group closed"),
    "group.member_added": Text(ko="학습반 편성", en="Member added to a group"),
    "group.member_ended": Text(ko="학습반에서 뺌", en="Membership of a group ended"),
    "group.course_assigned": Text(ko="학습반에 과정 배정", en="Course assigned to a group"),
    "design_lesson.answered": Text(ko="학습 사례에 답함", en="Lesson of a case answered"),
    "open_course.answered": Text(ko="공개 과정 물음에 답함", en="Answered a question of an open course"),
    "open_course.completed": Text(ko="공개 과정 수료", en="Completed an open course"),
}
OBJECTS: dict[str, Text] = {
    "picture_bank": Text(ko="학습 영상 모음", en="Bank of pictures"),
    "picture_retirement": Text(ko="학습 영상 사용 중지", en="Retirement of a picture"),
    "set_picture": Text(ko="측정·시험 영상", en="Picture to measure with"),
    "realism": Text(ko="영상 실감 평가", en="Realism of an image"),
    "design_lesson": Text(ko="학습 사례", en="Lesson of a case"),
    "academy_group": Text(ko="학습반", en="Group of trainees"),
    "article": Text(ko="학습 물품", en="Article of the academy"),
    "open_course": Text(ko="공개 과정", en="Open course"),
    "sitting": Text(ko="학습·시험", en="Sitting"),
    "course": Text(ko="아카데미 과정", en="Course of the academy"),
    "certificate": Text(ko="판독 자격증", en="Certificate of reading"),
    "certificate_form": Text(ko="자격 시험지", en="Certificate test"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "sitting_mode": Text(ko="학습·시험의 종류", en="Kind of sitting"),
    "course": Text(ko="과정", en="Course"),
    "pictures": Text(ko="영상 수", en="Pictures"),
    "ledger_row": Text(ko="장부의 줄", en="Row of the ledger"),
    "ledger_hash": Text(ko="장부의 해시", en="Hash of the ledger"),
    "expires_on": Text(ko="유효기간", en="Holds until"),
    "form_number": Text(ko="시험지 번호", en="Number of the test"),
    "title": Text(ko="이름", en="Title"),
    "minutes": Text(ko="분", en="Minutes"),
    "article_kind": Text(ko="물품 종류", en="Kind of article"),
    "article_source": Text(ko="물품 출처", en="Where the article comes from"),
    "picture_set": Text(ko="영상 묶음", en="Set of pictures"),
    "seed": Text(ko="난수 씨앗", en="Seed"),
    "people": Text(ko="사람 수", en="People"),
    "without_place": Text(ko="둘 자리 없던 가방 수", en="Bags without a place"),
    "realism": Text(ko="실감", en="Realism"),
    "composed": Text(ko="합성 영상", en="Composed"),
    "member": Text(ko="교육생", en="Trainee"),
    "due_on": Text(ko="마감일", en="Until day"),
    "choices": Text(ko="보기 수", en="Choices"),
    "clock_back_s": Text(ko="뒤로 간 시간(초)", en="Set back by (s)"),
    "right": Text(ko="맞음", en="Right"),
}
"""Names of details."""
JOBS: dict[str, Text] = {
    "academy.fill": Text(ko="학습 영상 만들기", en="Filling the bank of pictures"),
}
"""Work for the worker, by its kind."""
