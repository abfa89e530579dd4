"""What reports an alert, in words. A reader that is not named here is shown by its own name."""

from __future__ import annotations

from pandok.core.text import Text

READERS: dict[str, Text] = {
    "flood-level": Text(ko="침수", en="Flood"),
    "flood-forecast": Text(ko="침수 예측", en="Flood forecast"),
    "fire-smoke": Text(ko="화재·연기", en="Fire and smoke"),
    "tilt-subsidence": Text(ko="기울음·침하", en="Tilt or subsidence"),
    "crowd-density": Text(ko="밀집", en="Crowd"),
    "sound-events": Text(ko="이상 음향", en="Abnormal sound"),
    "air-quality": Text(ko="대기질", en="Air quality"),
    "leakage": Text(ko="누전", en="Leakage"),
    "lamp-outage": Text(ko="등 꺼짐", en="Lamp out"),
    "lamp-day-burner": Text(ko="주간 점등", en="Lamp burning by day"),
    "lamp-flicker": Text(ko="등 깜박임", en="Lamp flickering"),
    "device-health": Text(ko="장치 이상", en="Device fault"),
    "not-heard": Text(ko="응답 없음", en="Not heard from"),
    "feeder-outage": Text(ko="분전 선로 정전", en="Feeder outage"),
}
LEVELS: dict[int, Text] = {
    0: Text(ko="해제", en="Cleared"),
    1: Text(ko="관심", en="Attention"),
    2: Text(ko="주의", en="Caution"),
    3: Text(ko="경계", en="Warning"),
    4: Text(ko="심각", en="Serious"),
}


def reader_words(name: str) -> Text:
    return READERS.get(name) or Text(ko=name, en=name)
