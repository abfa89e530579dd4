"""What is refused at the control room and at the door of poles, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import SHARED, refusals
from pandok.core.text import Text

refusal = refusals(
    "street",
    {
        "no_pole": (
            Text(ko="그런 등주가 없습니다.", en="There is no such pole."),
            Text(ko="등주 번호를 확인하거나 먼저 등록하십시오.", en="Check the pole's key, or register it first."),
        ),
        "pole_there": (
            Text(ko="이 번호의 등주가 이미 있습니다.", en="There is a pole with this key."),
            Text(ko="다른 번호를 쓰십시오.", en="Choose another key."),
        ),
        "bad_key": (
            Text(ko="번호에 쓸 수 없는 글자가 있습니다.", en="This key has characters that cannot be used."),
            Text(
                ko="영문 소문자, 숫자, 붙임표로 40자까지 쓰십시오.",
                en="Use small letters, digits and hyphens, at most 40.",
            ),
        ),
        "bad_place": (
            Text(ko="위도와 경도가 땅 위의 곳이 아닙니다.", en="Latitude and longitude are no place on earth."),
            Text(ko="위도 -90~90, 경도 -180~180으로 적으십시오.", en="Latitude −90 to 90, longitude −180 to 180."),
        ),
        "bad_sensor": (
            Text(ko="Pandok이 모르는 측정 항목입니다.", en="Pandok does not know this observed property."),
            Text(
                ko="docs/look-up/observed-properties.md의 목록에서 고르십시오.",
                en="Choose one of docs/look-up/observed-properties.md.",
            ),
        ),
        "bad_settings": (
            Text(
                ko="판독기에 없는 설정이거나, 있을 수 없는 값입니다.",
                en="No reader has such a setting, or its value cannot be.",
            ),
            Text(
                ko="docs/look-up/observed-properties.md의 설정 이름과 범위를 확인하십시오.",
                en="See the names and ranges in docs/look-up/observed-properties.md.",
            ),
        ),
        "bad_table": (
            Text(ko="측정값 표를 읽을 수 없습니다.", en="This table of readings cannot be read."),
            Text(
                ko="pole, sensor, property, unit, at(시간대 포함), value 열이 있는 CSV나 Parquet 파일을 주십시오.",
                en="Give a CSV or Parquet file with pole, sensor, property, unit, at (with its zone) and value.",
            ),
        ),
        "no_reader": (
            Text(ko="그런 판독기가 없습니다.", en="There is no such reader."),
            Text(
                ko="docs/look-up/observed-properties.md의 판독기 이름에서 고르십시오.",
                en="Choose one of the readers in docs/look-up/observed-properties.md.",
            ),
        ),
        "bad_thresholds": (
            Text(ko="기준값의 개수나 순서가 판독기와 맞지 않습니다.", en="These thresholds do not fit the reader."),
            Text(
                ko="판독기의 단계 수만큼, 0보다 크게, 낮은 것부터 적으십시오.",
                en="Give one above 0 for each level of the reader, from low to high.",
            ),
        ),
        "bad_plan": (
            Text(
                ko="재생 계획을 쓸 수 없습니다: 항목, 기간, 두 판독기의 위험 종류를 확인하십시오.",
                en="This plan of a replay cannot be used: an entry, its period, or readers of two kinds of hazard.",
            ),
            Text(
                ko="docs/do/prove-a-reader-by-replay.md의 보기처럼 적으십시오.",
                en="Write it as in docs/do/prove-a-reader-by-replay.md.",
            ),
        ),
        "period_runs": (
            Text(ko="아직 끝나지 않은 기간입니다.", en="This period is not over yet."),
            Text(ko="끝난 날까지의 기간을 정하십시오.", en="Choose a period whose last day is over."),
        ),
        "too_few_cases": (
            Text(ko="기간 안의 사건과 조용한 날이 10건보다 적습니다.", en="The period holds fewer than 10 cases."),
            Text(ko="기간이나 등주를 늘리십시오.", en="Choose a longer period or more poles."),
        ),
        "plan_there": (
            Text(ko="같은 계획이 이미 등록되어 있습니다.", en="This plan is registered already."),
            Text(ko="그 등록의 재생 결과를 쓰십시오.", en="Use the replay of that registration."),
        ),
        "no_registered_replay": (
            Text(
                ko="그런 재생 등록이 없거나 이미 재생했습니다.",
                en="There is no such registered replay, or it was read already.",
            ),
            Text(ko="새 물음은 새로 등록하십시오.", en="Register another question anew."),
        ),
        "period_changed": (
            Text(
                ko="등록한 뒤 저장된 기간이나 외부 기록이 바뀌었습니다.",
                en="The stored period or what is on record changed after the registration.",
            ),
            Text(ko="바뀐 기록으로 새로 등록하십시오.", en="Register anew, with the records as they are."),
        ),
        "not_registered_replay": (
            Text(ko="등록을 거친 재생이 아닙니다.", en="This replay does not answer a registration."),
            Text(ko="먼저 등록하고 재생하십시오.", en="Register the question first, and read it then."),
        ),
        "no_evidence": (
            Text(
                ko="사건이나 등주가 적어 구간을 계산할 수 없습니다.",
                en="Too few events or poles to compute an interval from.",
            ),
            Text(ko="더 긴 기간, 더 많은 등주로 등록하십시오.", en="Register a longer period with more poles."),
        ),
        "own_replay": (
            Text(
                ko="등록하거나 재생한 사람은 입증서를 만들 수 없습니다.",
                en="Who registered or read it cannot make its proof.",
            ),
            Text(ko="다른 평가기관이 만들어야 합니다.", en="Another evaluator must make it."),
        ),
        "role": SHARED["role"],
        "nothing_stored": (
            Text(ko="재생할 측정값이 없습니다.", en="No readings are stored that could be replayed."),
            Text(
                ko="등주와 기간을 확인하거나, 가져온 파일도 포함하십시오.",
                en="Check poles and period, or include what was read in from files.",
            ),
        ),
        "no_alert": (
            Text(ko="그 경보가 없거나 볼 수 없습니다.", en="There is no such alert, or it is not shown to you."),
            Text(ko="목록에서 다시 고르십시오.", en="Choose it from the list again."),
        ),
        "no_cause": (
            Text(ko="원인을 고르지 않았습니다.", en="No cause is chosen."),
            Text(ko="무엇이었는지 고른 뒤 다시 누르십시오.", en="Choose what it was, then press again."),
        ),
        "merge_into": (
            Text(
                ko="합칠 경보가 없거나, 그 경보도 이미 끝났거나 합쳐졌습니다.",
                en="The alert to merge into is not there, or is itself finished or merged.",
            ),
            Text(ko="진행 중인 다른 경보를 고르십시오.", en="Choose another alert that is open."),
        ),
        "bad_until": (
            Text(ko="끝나는 때가 지났거나 너무 멉니다.", en="Its end has passed, or is too far away."),
            Text(ko="지금부터 30일 안으로 정하십시오.", en="Choose an end within 30 days from now."),
        ),
        "bad_silence_until": (
            Text(ko="위험 경보를 이렇게 오래 멈출 수 없습니다.", en="Hazards cannot be silenced for so long."),
            Text(
                ko="지금부터 24시간 안으로 정하십시오. 장치 경보만이면 30일까지입니다.",
                en="Choose an end within 24 hours from now; of device alerts alone, within 30 days.",
            ),
        ),
        "silence_everywhere": (
            Text(ko="위험 경보를 모든 곳에서 멈출 수는 없습니다.", en="Hazards cannot be silenced everywhere."),
            Text(ko="등주나 선로를 적으십시오.", en="Name a pole or a feeder."),
        ),
        "no_feeder": (
            Text(ko="그런 선로가 없습니다.", en="There is no such feeder."),
            Text(ko="등주 목록에서 선로 이름을 확인하십시오.", en="See its name in the list of poles."),
        ),
        "no_silence": (
            Text(ko="그 알림 중지가 없거나 이미 끝났습니다.", en="There is no such silence, or it is over."),
            Text(ko="목록을 새로 고치십시오.", en="Reload the list."),
        ),
        "bad_boundaries": (
            Text(ko="경계 파일을 읽을 수 없습니다.", en="These boundaries cannot be read."),
            Text(
                ko="경위도(WGS 84) 다각형이 있는 GeoJSON을 4MB, 2,000개 도형까지 주십시오.",
                en="Give GeoJSON of polygons in degrees (WGS 84): at most 4 MB and 2,000 shapes.",
            ),
        ),
        "no_credit": (
            Text(ko="경계 자료의 출처가 없거나 너무 깁니다.", en="The source is missing, or too long."),
            Text(ko="지도에 보일 출처를 200자 안으로 적으십시오.", en="Name it in 200 characters; the map shows it."),
        ),
        "bad_measure": (
            Text(ko="판정할 지표나 기준값을 쓸 수 없습니다.", en="Figure or value of the trial cannot be used."),
            Text(ko="지표를 고르고 0 이상의 수를 적으십시오.", en="Choose a figure, and write a number of 0 or more."),
        ),
        "trial_words": (
            Text(ko="질문이나 측정 계획이 너무 짧습니다.", en="Question or measuring plan says too little."),
            Text(
                ko="무엇을 어떻게 재는지 20자 이상으로 적으십시오.",
                en="Say what is measured and how: 20 characters.",
            ),
        ),
        "trial_begun": (
            Text(ko="시작 전에만 등록할 수 있습니다.", en="A trial is registered before it begins."),
            Text(ko="첫날을 내일 이후로 정하십시오.", en="Choose a first day from tomorrow on."),
        ),
        "trial_runs": (
            Text(ko="아직 끝나지 않은 시험입니다.", en="This trial is not over yet."),
            Text(ko="종료일이 지난 뒤 집계하거나 중단하십시오.", en="Count after its last day, or give it up."),
        ),
        "no_trial": (
            Text(ko="그런 시험이 없거나 이미 결과가 있습니다.", en="There is no such trial, or it has its result."),
            Text(ko="목록에서 다시 고르십시오.", en="Choose it from the list again."),
        ),
        "no_command": (
            Text(ko="그런 명령이 없습니다.", en="There is no such command."),
            Text(ko="등주 화면에서 다시 고르십시오.", en="Choose it from the page of the pole again."),
        ),
        "bad_order": (
            Text(ko="이 장치에 내릴 수 없는 명령입니다.", en="This is no order for such a device."),
            Text(
                ko="장치와 색, 밝기(0~100), 문구(40자), 작동을 다시 고르십시오.",
                en="Choose device and colour, brightness (0 to 100), text (40 characters) or action again.",
            ),
        ),
        "bad_hold": (
            Text(ko="유지 시간을 쓸 수 없습니다.", en="It cannot stand for so long."),
            Text(
                ko="1초에서 24시간까지, 사이렌은 10분까지입니다.",
                en="1 second to 24 hours; a siren 10 minutes at most.",
            ),
        ),
        "no_device": (
            Text(ko="이 등주에는 그런 장치가 없습니다.", en="This pole has no such device."),
            Text(ko="등주 화면의 장치 가운데 고르십시오.", en="Choose one of the devices on the pole's page."),
        ),
        "no_warning": (
            Text(ko="그런 주민 알림이 없습니다.", en="There is no such warning."),
            Text(ko="목록에서 다시 고르십시오.", en="Choose it from the list again."),
        ),
        "not_confirmed": (
            Text(ko="확인되지 않았거나 끝난 경보입니다.", en="This alert is not confirmed, or is over."),
            Text(ko="관제실이 경보를 확인한 뒤에 알리십시오.", en="Warn once the control room has confirmed it."),
        ),
        "bad_class": (
            Text(ko="문자 등급이나 글자 수를 고르지 않았습니다.", en="Class or form of the text is not chosen."),
            Text(ko="등급과 90자·157자 가운데 하나를 고르십시오.", en="Choose the class, and 90 or 157 characters."),
        ),
        "bad_text": (
            Text(ko="문안이 비었거나 고른 글자 수보다 깁니다.", en="The text is empty, or longer than its form."),
            Text(ko="90자 또는 157자 안으로 줄이십시오.", en="Shorten it to 90 or 157 characters."),
        ),
        "bad_area": (
            Text(ko="지역이나 반경을 쓸 수 없습니다.", en="The area or its radius cannot be used."),
            Text(ko="지역을 적고 반경을 100km 안에서 정하십시오.", en="Name the area; the radius is at most 100 km."),
        ),
        "bad_hours": (
            Text(ko="유효 시간을 쓸 수 없습니다.", en="It cannot hold for so long."),
            Text(ko="24시간 안으로 정하십시오.", en="Choose at most 24 hours."),
        ),
        "warning_over": (
            Text(ko="유효 시간이 지났거나 경보가 끝났습니다.", en="Its time is over, or the alert is."),
            Text(ko="필요하면 새로 쓰십시오.", en="Write a new one where it is needed."),
        ),
        "bad_cap": (
            Text(
                ko="CAP 1.1이나 1.2 경보가 있는 XML이 아닙니다.", en="This is no XML with an alert in CAP 1.1 or 1.2."
            ),
            Text(
                ko="문서 형식 선언이 없는 1MB까지의 파일이어야 합니다.",
                en="Give a file of at most 1 MB without a document type.",
            ),
        ),
        "bad_query": (
            Text(ko="질의를 이해하지 못했습니다.", en="This query is not understood."),
            Text(
                ko="docs/do/sensorthings.md의 연산자와 함수로 고쳐 다시 보내십시오.",
                en="Write it with the operators and functions in docs/do/sensorthings.md.",
            ),
        ),
        "bad_entity": (
            Text(ko="SensorThings 개체로 쓸 수 없는 내용입니다.", en="This is no entity of SensorThings."),
            Text(ko="fields에 적힌 항목을 고쳐 다시 보내십시오.", en="Correct what is named in fields and send again."),
        ),
        "no_entity": (
            Text(ko="연결하려는 개체가 없습니다.", en="The entity that it links to is not there."),
            Text(ko="번호를 확인하십시오.", en="Check its number."),
        ),
        "bad_observation": (
            Text(ko="있을 수 없는 측정값이거나 그 장치가 없습니다.", en="This observation cannot be true."),
            Text(
                ko="fields의 why를 보고 단위·값·시각을 고치십시오.",
                en="See why in fields; correct unit, value or time.",
            ),
        ),
        "other_unit": (
            Text(ko="이 항목의 단위가 아닙니다.", en="This property is not observed in that unit."),
            Text(ko="fields의 part에 적힌 단위로 바꾸어 보내십시오.", en="Convert it to the unit named in fields."),
        ),
        "sound_is_forgotten": (
            Text(ko="소리 크기는 저장하지 않으므로 받지 않습니다.", en="Levels of sound are not kept, so not taken."),
            Text(
                ko="등주가 MQTT로 보내게 하십시오.", en="Let the pole send them by MQTT: they are read and forgotten."
            ),
        ),
        "stays_at_pole": (
            Text(ko="데이터 흐름의 등주와 측정 항목은 바꿀 수 없습니다.", en="A Datastream keeps Thing and property."),
            Text(ko="새 데이터 흐름을 만드십시오.", en="Create another Datastream."),
        ),
        "property_stays": (
            Text(ko="판독기가 읽는 측정 항목은 지울 수 없습니다.", en="A property that readers read is not deleted."),
            Text(ko="데이터 흐름을 지우십시오.", en="Delete the Datastream instead."),
        ),
        "bad_period": (
            Text(ko="기간이 거꾸로이거나 1년보다 깁니다.", en="The period ends before it begins, or is over a year."),
            Text(ko="시작일과 종료일을 1년 안에서 다시 정하십시오.", en="Choose first and last day within a year."),
        ),
        "bad_booking_time": (
            Text(
                ko="예약이 거꾸로이거나, 이미 지났거나, 92일보다 길거나, 2년 뒤를 넘습니다.",
                en="The booking ends before it begins, is over, lasts over 92 days, or ends in over two years.",
            ),
            Text(ko="시작과 끝 시각을 다시 정하십시오.", en="Choose beginning and end again."),
        ),
        "booking_words": (
            Text(
                ko="사용 기관이나 목적이 없거나 너무 깁니다.", en="Who it is for or its purpose is missing or too long."
            ),
            Text(
                ko="사용 기관은 100자, 목적은 200자 안으로 적으십시오.",
                en="Say who it is for in 100 characters, and the purpose in 200.",
            ),
        ),
        "pole_elsewhere": (
            Text(ko="이 등주는 그 시험 구역에 있지 않습니다.", en="This pole does not stand in that test bed."),
            Text(ko="등주나 시험 구역 하나만 적으십시오.", en="Name the pole alone, or the test bed alone."),
        ),
        "no_booking": (
            Text(
                ko="그런 예약이 없거나, 이미 끝났거나 취소되었습니다.",
                en="There is no such booking, or it is over or cancelled.",
            ),
            Text(ko="목록에서 다시 고르십시오.", en="Choose it from the list again."),
        ),
        "bad_moment": (
            Text(ko="날짜와 시각이 아닙니다.", en="This is no date and time."),
            Text(ko="2026-07-01T03:20처럼 적으십시오.", en="Write it like 2026-07-01T03:20."),
        ),
        "bad_hazard": (
            Text(ko="Pandok이 모르는 위험 종류입니다.", en="Pandok does not know this kind of hazard."),
            Text(ko="목록의 위험 종류 가운데 하나를 고르십시오.", en="Choose one of the kinds in the list."),
        ),
        "no_bed": (
            Text(ko="그런 시험 구역이 없습니다.", en="There is no such test bed."),
            Text(ko="시험 구역이나 등주를 고르십시오.", en="Choose a test bed or a pole."),
        ),
        "bad_span": (
            Text(
                ko="끝이 시작보다 이르거나, 31일보다 길거나, 아직 오지 않은 때입니다.",
                en="It ends before it begins, lasts over 31 days, or has not happened yet.",
            ),
            Text(ko="시작과 끝 시각을 확인하십시오.", en="Check when it began and ended."),
        ),
        "no_source": (
            Text(ko="누가 기록했는지가 없거나 너무 깁니다.", en="Who recorded it is missing, or too long."),
            Text(
                ko="119, 도로과처럼 출처를 200자 안으로 적으십시오.",
                en="Name the source in 200 characters: 119, road office.",
            ),
        ),
        "no_record": (
            Text(ko="그런 외부 기록이 없거나 이미 취소되었습니다.", en="There is no such record, or it was withdrawn."),
            Text(ko="목록에서 다시 고르십시오.", en="Choose it from the list again."),
        ),
        "no_table": (
            Text(ko="정해진 열의 CSV 파일이 아닙니다.", en="This is no CSV file with the columns that are named."),
            Text(
                ko="첫 줄은 test_bed,pole,hazard,began_at,ended_at,source,source_key. UTF-8, 5,000줄까지입니다.",
                en="Head it test_bed,pole,hazard,began_at,ended_at,source,source_key; UTF-8, at most 5,000 lines.",
            ),
        ),
        "table_too_large": (
            Text(ko="파일이 1MB보다 큽니다.", en="The file is larger than 1 MB."),
            Text(ko="나누어 올리십시오.", en="Send it in parts."),
        ),
        "no_work": (
            Text(ko="그런 작업 지시가 없습니다.", en="There is no such work order."),
            Text(ko="작업 목록에서 다시 고르십시오.", en="Choose it from the list of works again."),
        ),
        "bad_work": (
            Text(
                ko="작업 종류를 고르지 않았거나, 없는 종류입니다.", en="No kind of work is chosen, or there is no such."
            ),
            Text(ko="작업 종류를 고르십시오.", en="Choose a kind of work."),
        ),
        "no_work_place": (
            Text(ko="어디에서 할 작업인지 없습니다.", en="Where the work is to be done is missing."),
            Text(
                ko="등주나 선로를 적거나, 경보에서 지시하십시오.",
                en="Name a pole or a feeder, or order it from an alert.",
            ),
        ),
        "work_there": (
            Text(ko="이 고장에는 끝나지 않은 작업 지시가 이미 있습니다.", en="This fault has an open work order."),
            Text(ko="그 작업을 배정하거나 취소하십시오.", en="Assign that one, or withdraw it."),
        ),
        "no_repair": (
            Text(ko="이 경보는 수리로 끝나는 고장이 아닙니다.", en="This alert is of no fault that a repair ends."),
            Text(ko="할 일을 적어 작업 지시로 내리십시오.", en="Order works instead, and write what has to be done."),
        ),
        "bad_due": (
            Text(ko="기한이 이미 지났거나 1년보다 뒤입니다.", en="It is due in the past, or more than a year ahead."),
            Text(ko="앞으로 1년 안의 시각을 적으십시오.", en="Name a moment within the coming year."),
        ),
        "bad_schedule": (
            Text(ko="조광 계획을 읽을 수 없습니다.", en="This schedule of dimming cannot be read."),
            Text(
                ko="시작과 끝을 23:00처럼, 밝기를 0~100의 수로 모두 적거나 모두 비우십시오.",
                en="Write from and until as 23:00 and the level as 0 to 100, or leave all three empty.",
            ),
        ),
        "no_crew": (
            Text(ko="그런 현장조가 없습니다.", en="There is no such crew."),
            Text(ko="목록에서 현장조를 고르십시오.", en="Choose a crew from the list."),
        ),
        "not_your_work": (
            Text(
                ko="다른 현장조에 배정되었거나 아직 맡지 않은 작업입니다.",
                en="This work is another crew's, or nobody's yet.",
            ),
            Text(
                ko="관제실에 배정을 요청하거나, 먼저 작업을 맡으십시오.",
                en="Ask the control room to assign it, or take it first.",
            ),
        ),
        "no_device_there": (
            Text(ko="그 등주에 그런 장치가 없습니다.", en="There is no such device on this pole."),
            Text(
                ko="등주의 장치 번호를 적거나 비워 두십시오.",
                en="Give the key of a device of the pole, or leave it empty.",
            ),
        ),
        "state": SHARED["state"],
        "not_this_pole": (
            Text(ko="이 비밀번호는 이 등주의 것이 아닙니다.", en="This is not the password of this pole."),
            Text(ko="등주마다 자기 비밀번호만 쓸 수 있습니다.", en="A pole uses its own password, for itself alone."),
        ),
        "no_broker": (
            Text(ko="메시지 중개기 주소가 없습니다.", en="No broker is set."),
            Text(
                ko="PANDOK_STREET_BROKER=mqtts://사용자:비밀번호@주소:8883 을 설정하십시오.",
                en="Set PANDOK_STREET_BROKER=mqtts://user:password@host:8883.",
            ),
        ),
    },
)
"""`area.reason`: street.no_pole and so on."""
