"""Every finding of an import: its code and what it says to the person who corrects the source."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.register.records import SourceFinding

SENTENCES: dict[str, tuple[str, str]] = {
    "row.no_id": (
        "디자인 번호(design_id)가 비어 있어 이 행을 넣지 않았습니다. 번호를 적은 뒤 다시 가져오십시오.",
        "The design id is missing, so this row was left out. Write the id and import again.",
    ),
    "row.columns": (
        "칸이 머리글보다 많아({found} > {expected}) 이 행을 넣지 않았습니다. 쉼표가 든 값을 큰따옴표로 묶으십시오.",
        "The row has more fields than the header ({found} > {expected}) and was left out. Quote values with commas.",
    ),
    "row.undecodable": (
        "문자 부호를 {encoding}(으)로 읽을 수 없어 이 행을 넣지 않았습니다. 파일을 UTF-8로 저장하십시오.",
        "The characters of this row are not valid {encoding}; it was left out. Save the file as UTF-8.",
    ),
    "row.quote": (
        "닫히지 않은 큰따옴표가 있는 듯합니다. {first}행부터 {last}행까지 넣지 않았습니다. 따옴표를 고치십시오.",
        "A quotation mark seems to be left open. Lines {first} to {last} were left out. Close the quotation mark.",
    ),
    "id.bad": (
        "디자인 번호가 너무 길거나 쓸 수 없는 글자가 있어 이 행을 넣지 않았습니다. 번호를 확인하십시오.",
        "The design id is too long or holds characters that cannot be used; the row was left out. Check the id.",
    ),
    "id.rounded": (
        "디자인 번호 ‘{value}’는 엑셀 등이 바꾼 값이어서 원래 번호를 알 수 없어 이 행을 넣지 않았습니다. "
        "번호 열을 텍스트 형식으로 바꾸고 원본에서 다시 내보내십시오.",
        "The design id “{value}” was changed by a spreadsheet and the number is lost; the row was left out. Format the "
        "column as text and export it again from the original.",
    ),
    "number.rounded": (
        "{fact} 값 ‘{value}’는 엑셀 등이 바꾼 값이어서 그 값만 뺐습니다. 번호 열을 텍스트 형식으로 바꾸고 "
        "원본에서 다시 내보내십시오.",
        "“{value}” in {fact} was changed by a spreadsheet and the number is lost; only the value was left out. Format "
        "the column as text and export it again from the original.",
    ),
    "id.conflict": (
        "같은 번호의 앞 행과 {fact} 값이 다릅니다(‘{first}’, ‘{second}’). 이 행은 뺐습니다. 맞는 값만 남기십시오.",
        "{fact} differs from an earlier row of the same id (“{first}”, “{second}”). This row was left out. Keep the "
        "right value.",
    ),
    "text.bad": (
        "{fact} 값이 너무 길거나 쓸 수 없는 글자가 있어 그 값만 뺐습니다. 값을 확인하십시오.",
        "The value of {fact} is too long or holds characters that cannot be used; only the value was left out.",
    ),
    "number.hague": (
        "국제등록번호 ‘{value}’는 헤이그 국제등록번호가 아니어서 그 값만 뺐습니다. DM/123456처럼 적으십시오.",
        "“{value}” is no international registration number of the Hague system; only the value was left out. Write it "
        "like DM/123456.",
    ),
    "hague.office": (
        "국제등록 {number}은(는) 대한민국(KR)을 지정하지 않아 권리 상태를 ‘미상’으로 두었습니다. 권리 근거로 쓰이지 "
        "않습니다.",
        "The international registration {number} does not designate the Republic of Korea (KR); its status is kept as "
        "unknown and never offered as a basis.",
    ),
    "xml.version": (
        "ST.96 판본 ‘{value}’는 아직 확인되지 않은 판본입니다. 아는 항목만 읽었으니 가져온 결과를 확인하십시오.",
        "The ST.96 version “{value}” has not been checked yet. What is known was read; look at the result.",
    ),
    "class.locarno": (
        "로카르노 분류 ‘{value}’는 올바른 부호가 아니어서 분류만 뺐습니다. 28-03처럼 적으십시오.",
        "“{value}” is not a Locarno class; only the class was left out. Write it like 28-03.",
    ),
    "class.korean": (
        "한국 디자인 분류 ‘{value}’는 올바른 부호가 아니어서 분류만 뺐습니다. B5-20처럼 적으십시오.",
        "“{value}” is not a Korean design class; only the class was left out. Write it like B5-20.",
    ),
    "status.word": (
        "법적 상태 ‘{value}’를 알 수 없어 ‘미상’으로 두었습니다. 권리 근거로 쓰이지 않으니 상태를 확인하십시오.",
        "The legal status “{value}” is not known, so it is kept as unknown and never offered as a basis. "
        "Check the status.",
    ),
    "recordal.word": (
        "세관 신고 여부 ‘{value}’를 알 수 없어 그 값만 뺐습니다. yes 또는 no로 적으십시오.",
        "“{value}” does not say whether the right is recorded with customs; it was left out. Write yes or no.",
    ),
    "date.bad": (
        "{fact} 날짜 ‘{value}’를 읽을 수 없어 그 값만 뺐습니다. 2024-05-31처럼 적으십시오.",
        "“{value}” in {fact} is not a date; only the date was left out. Write it like 2024-05-31.",
    ),
    "date.far": (
        "{fact} 날짜 ‘{value}’는 1900년부터 2200년까지의 날짜가 아니어서 그 값만 뺐습니다. 날짜를 확인하십시오.",
        "“{value}” in {fact} is no day between 1900 and 2200; only the date was left out. Check the date.",
    ),
    "path.none": (
        "도면 파일 이름이 비어 있어 도면을 넣지 못했습니다. 파일 이름을 적으십시오.",
        "The name of the view's file is missing, so the view was left out. Write the file name.",
    ),
    "path.outside": (
        "경로 ‘{path}’가 자료 폴더 밖을 가리켜 도면을 넣지 않았습니다. 폴더 안의 파일을 적으십시오.",
        "The path “{path}” leads out of the source folder, so the view was left out. Name a file inside the folder.",
    ),
    "path.missing": (
        "도면 파일 ‘{path}’가 없습니다. 파일을 폴더에 넣고 다시 가져오십시오.",
        "The view file “{path}” is not there. Put it in the folder and import again.",
    ),
    "path.ambiguous": (
        "‘{path}’에 맞는 파일이 둘 이상 있습니다(글자 조합이나 대소문자만 다름). 파일 이름을 하나만 맞게 두십시오.",
        "More than one file could be “{path}” (they differ only in case or in how letters are composed). Keep one of "
        "that name.",
    ),
    "path.unreadable": (
        "도면 파일 ‘{path}’를 읽을 수 없습니다. 보통 파일인지, 읽기 권한이 있는지 확인하십시오.",
        "The view file “{path}” cannot be read. Check that it is an ordinary file and may be read.",
    ),
    "path.url": (
        "도면이 인터넷 주소로만 있습니다. 파일로 내려받아 XML 옆에 {hint}(으)로 두고 다시 가져오십시오.",
        "The view is only a web address. Download it, put it beside the XML as {hint} and import again.",
    ),
    "picture.empty": (
        "도면 파일 ‘{path}’가 비어 있습니다(0바이트). 원본을 다시 받으십시오.",
        "The view file “{path}” is empty (0 bytes). Get the original again.",
    ),
    "picture.too_large": (
        "도면 ‘{path}’가 너무 큽니다({found}, 최대 {limit}). 줄여서 다시 가져오십시오.",
        "The view “{path}” is too large ({found}, at most {limit}). Make it smaller and import again.",
    ),
    "picture.unreadable": (
        "도면 ‘{path}’를 그림으로 읽을 수 없습니다(잘렸거나 그림이 아님). PNG, JPEG, TIFF로 다시 저장하십시오.",
        "The view “{path}” cannot be read as a picture (cut short, or none). Save it again as PNG, JPEG or TIFF.",
    ),
    "picture.too_costly": (
        "도면 ‘{path}’를 여는 데 시간이나 메모리가 너무 많이 들어 넣지 않았습니다. PNG나 JPEG로 저장해 다시 "
        "가져오십시오.",
        "Opening the view “{path}” takes too much time or memory, so it was left out. Save it again as PNG or JPEG and "
        "import again.",
    ),
    "picture.blank": (
        "도면 ‘{path}’에 보이는 것이 없어(빈 종이) 넣지 않았습니다. 맞는 도면 파일인지 확인하고 다시 가져오십시오.",
        "Nothing is to be seen on the view “{path}” (a blank sheet), so it was left out. Check that it is the right "
        "file and import again.",
    ),
    "sheet.missing": (
        "XML에 적힌 도면 ‘{path}’가 없습니다. 도면 파일을 XML과 함께 두십시오.",
        "The sheet “{path}” that the XML names is not there. Put the sheets beside the XML.",
    ),
    "xml.broken": (
        "XML 문법이 깨져 이 뒤를 읽지 못했습니다({detail}). 파일을 다시 받으십시오.",
        "The XML is broken and could not be read from here on ({detail}). Get the file again.",
    ),
    "xml.encoding": (
        "{encoding}(으)로 읽을 수 없는 글자가 있어 이 문서의 뒤를 읽지 못했습니다. XML 선언의 encoding이 파일과 "
        "맞는지 확인하고 다시 받으십시오.",
        "Bytes here are no {encoding}, so the document could not be read from here on. Check that the encoding in the "
        "XML declaration is that of the file, and get it again.",
    ),
    "service.refused": (
        "등록 자료가 아니라 서비스의 오류 응답입니다(코드 {service_code}: {message}). 서비스 키와 이용 기간, 남은 호출 "
        "수를 확인하고 다시 받으십시오.",
        "This is no register data but an error answer of the service (code {service_code}: {message}). Check the "
        "service key, its term and the calls that are left, and get the data again.",
    ),
    "records.none": (
        "이 파일에는 등록 자료가 한 건도 없습니다. 검색 조건과 받은 파일이 맞는지 확인하십시오.",
        "This file holds no registered design at all. Check the query, and that it is the right file.",
    ),
    "xml.dangerous": (
        "XML에 개체 선언이나 지나치게 큰 항목이 있어 읽지 않았습니다. 보낸 곳에 개체 선언 없는 XML을 요청하십시오.",
        "The XML declares entities or holds an oversized record and was not read. Ask the sender for XML without them.",
    ),
    "xml.unknown": (
        "알 수 없는 XML 형식(‘{root}’)이어서 읽지 않았습니다. KIPRISPlus, WIPO ST.96·ST.86, USPTO 형식을 쓰십시오.",
        "This kind of XML (“{root}”) is not known and was not read. Use KIPRISPlus, WIPO ST.96 or ST.86, or USPTO XML.",
    ),
}


def text_of(code: str, fields: dict[str, str]) -> Text:
    """The sentence of a finding in both languages. Long values are shortened."""
    short = {name: value if len(value) <= 80 else value[:77] + "…" for name, value in fields.items()}
    korean, english = SENTENCES[code]
    return Text(ko=korean.format(**short), en=english.format(**short))


def finding(code: str, file: str, line: int, design_id: str = "", **fields: str) -> SourceFinding:
    """A finding with its sentences filled in."""
    return SourceFinding(code, file, line, design_id, text_of(code, fields), fields)
