"""The 32 classes of the Locarno Classification, in short words, for the class filter."""

from __future__ import annotations

from pandok.core.text import Text

LOCARNO_CLASSES: dict[str, Text] = {
    "01": Text(ko="식품", en="Foodstuffs"),
    "02": Text(ko="의류, 패션잡화", en="Clothing, haberdashery"),
    "03": Text(ko="가방, 케이스, 우산, 신변용품", en="Bags, cases, umbrellas, personal belongings"),
    "04": Text(ko="솔, 붓", en="Brushware"),
    "05": Text(ko="직물, 시트재", en="Textile and sheet material"),
    "06": Text(ko="가구, 침구", en="Furniture, furnishing"),
    "07": Text(ko="가정용품, 식기", en="Household goods, tableware"),
    "08": Text(ko="공구, 철물", en="Tools and hardware"),
    "09": Text(ko="포장 용기, 병", en="Packages, containers, bottles"),
    "10": Text(ko="시계, 계측기, 경보기", en="Clocks, watches, measuring and alarm instruments"),
    "11": Text(ko="장신구, 장식품", en="Jewellery, articles of adornment"),
    "12": Text(ko="차량, 운송수단과 부품", en="Vehicles, transport and their parts"),
    "13": Text(ko="전력 생산·배전 기기", en="Electric power equipment"),
    "14": Text(ko="음향·통신·정보처리 기기", en="Recording, telecommunication, data processing"),
    "15": Text(ko="기계", en="Machines"),
    "16": Text(ko="사진·영상·광학 기기", en="Photographic and optical apparatus"),
    "17": Text(ko="악기", en="Musical instruments"),
    "18": Text(ko="인쇄·사무 기계", en="Printing and office machinery"),
    "19": Text(ko="문구, 사무용품, 미술 재료", en="Stationery, office and artists' materials"),
    "20": Text(ko="판매·광고용품, 표지판", en="Sales and advertising equipment, signs"),
    "21": Text(ko="완구, 게임, 운동용품", en="Toys, games, sports goods"),
    "22": Text(ko="무기, 사냥·낚시용품", en="Arms, hunting and fishing"),
    "23": Text(ko="급수·위생·냉난방 기기", en="Water, sanitary, heating, air conditioning"),
    "24": Text(ko="의료·실험 기기", en="Medical and laboratory equipment"),
    "25": Text(ko="건축 자재, 구조물", en="Building units and construction"),
    "26": Text(ko="조명 기기", en="Lighting apparatus"),
    "27": Text(ko="담배, 흡연용품", en="Tobacco and smokers' supplies"),
    "28": Text(ko="의약품, 화장품, 미용용품", en="Pharmaceutical, cosmetic and toilet articles"),
    "29": Text(ko="소방·구조용품", en="Fire, rescue and accident prevention"),
    "30": Text(ko="동물용품", en="Care of animals"),
    "31": Text(ko="음식 조리 기기", en="Machines for preparing food or drink"),
    "32": Text(ko="그래픽 심벌, 로고, 무늬", en="Graphic symbols, logos, patterns"),
}
