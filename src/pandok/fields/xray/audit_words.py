"""What X-ray writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "scan.imported": Text(ko="X-ray 영상 가져오기", en="Scan imported"),
    "scan.looked": Text(ko="X-ray 영상 열람", en="Scan looked at"),
    "scan.helped": Text(ko="판독 보조 판독", en="Scan read by the reader program"),
    "scan.no_container": Text(ko="영상에서 컨테이너를 찾지 못함", en="No container found in a scan"),
    "scan.machine_reported": Text(ko="장비 위협 보고 첨부", en="Threat report of a machine attached"),
    "scan.measured": Text(ko="X-ray 물품 측정", en="Goods of a scan measured"),
    "scan.held": Text(ko="X-ray 영상 보존 조치", en="Images put on hold"),
    "scan.hold_lifted": Text(ko="X-ray 영상 보존 조치 해제", en="Hold on images lifted"),
    "scan.erased": Text(ko="X-ray 영상 삭제", en="Images of a scan erased"),
    "scan_deletion.planned": Text(ko="X-ray 영상 삭제 제안", en="Deletion of images proposed"),
    "scan_deletion.confirmed": Text(ko="X-ray 영상 삭제 확인", en="Deletion of images confirmed"),
    "scan_deletion.withdrawn": Text(ko="X-ray 영상 삭제 철회", en="Deletion of images withdrawn"),
    "scan_deletion.done": Text(ko="X-ray 영상 삭제 완료", en="Deletion of images done"),
    "empty.imported": Text(ko="빈 컨테이너 영상 가져오기", en="Empty container imported"),
    "empties.compared": Text(ko="이미 가져온 영상의 구조 비교", en="Known scans compared with empty containers"),
    "empty.withdrawn": Text(ko="빈 컨테이너를 비교에서 뺌", en="Empty container withdrawn"),
    "scanner.channels": Text(ko="X-ray 장비 채널 보정", en="Channels of a machine measured"),
    "scanner.spectra": Text(ko="X-ray 장비 스펙트럼 측정", en="Spectra of a machine measured"),
    "scanner.blur": Text(ko="X-ray 장비 흐림 등록", en="Blur of a machine kept"),
    "structure.measured": Text(ko="구조 비교 탐지율 측정", en="Recall of structure comparison measured"),
    "inspection.begun": Text(ko="X-ray 검사 접수", en="Inspection begun"),
}
OBJECTS: dict[str, Text] = {
    "scan": Text(ko="X-ray 영상", en="Scan"),
    "scan_deletion": Text(ko="X-ray 영상 삭제", en="Deletion of images"),
    "empty": Text(ko="빈 컨테이너", en="Empty container"),
    "empties": Text(ko="빈 컨테이너 형식", en="Type of empty containers"),
    "scanner": Text(ko="X-ray 장비", en="X-ray machine"),
    "structure": Text(ko="구조 비교 탐지율", en="Recall of structure comparison"),
    "inspection": Text(ko="X-ray 검사", en="X-ray inspection"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "decision": Text(ko="판독 결정", en="Decision"),
    "found": Text(ko="개장 결과", en="Found"),
    "marks": Text(ko="표시한 곳", en="Places marked"),
    "seconds": Text(ko="판독 시간(초)", en="Reading time (s)"),
    "machine": Text(ko="장비", en="Machine"),
    "container_type": Text(ko="컨테이너 형식", en="Container type"),
    "empties": Text(ko="빈 컨테이너 수", en="Empty containers"),
    "found_masses": Text(ko="찾은 질량", en="Masses found"),
    "mass_g": Text(ko="질량(g)", en="Mass (g)"),
    "scans": Text(ko="영상 수", en="Scans"),
    "without_container": Text(ko="컨테이너를 찾지 못한 영상 수", en="Scans without a container"),
    "channels": Text(ko="채널 수", en="Channels"),
    "bad_channels": Text(ko="메운 채널 수", en="Channels filled from their neighbours"),
    "blur_px": Text(ko="흐림(σ, 화소)", en="Blur (σ, px)"),
    "blur_error_px": Text(ko="흐림의 오차(화소)", en="Error of the blur (px)"),
    "steps": Text(ko="시편 단 수", en="Steps of the wedge"),
    "misfit_percent": Text(ko="어긋남(중앙값, %)", en="Misfit (median, %)"),
    "outside": Text(ko="영상 밖이라 그리지 않은 곳", en="Outside of the image, not drawn"),
    "places": Text(ko="가리킨 곳", en="Places pointed at"),
}
"""Names of details."""
JOBS: dict[str, Text] = {
    "scan.help": Text(ko="X-ray 판독 보조", en="Reading help of a scan"),
    "scan.structure": Text(ko="컨테이너 구조 비교", en="Comparison of a container's structure"),
    "xray.compare": Text(ko="이미 가져온 컨테이너 영상 비교", en="Comparison of containers that came in before"),
    "xray.structure": Text(ko="구조 비교 탐지율 측정", en="Measuring what structure comparison finds"),
    "xray.webhook": Text(ko="X-ray 웹훅 알림", en="Telling webhooks of X-ray"),
    "xray.index": Text(ko="과거 X-ray 영상 색인", en="Indexing of past scans"),
}
"""Work for the worker, by its kind."""
