"""Why a scan cannot be read or written, each with the next step; and what was odd and did not stop the reading."""

from __future__ import annotations

from pandok.core.errors import ScanError
from pandok.core.text import Text
from pandok.readers.xray.scan import ScanRemark

_EXPORT_AGAIN = Text(
    ko="장비에서 파일을 다시 내보내십시오. 계속되면 원본 파일을 운영자에게 전달하십시오.",
    en="Export the file from the machine again. If it happens again, give the original file to the operator.",
)
_OTHER_FORM = Text(
    ko="DICOS, DICOM 또는 16비트 TIFF·PNG로 내보내십시오.",
    en="Export it as DICOS, DICOM, or as 16-bit TIFF or PNG.",
)


def empty() -> ScanError:
    return ScanError(Text(ko="파일이 비어 있습니다.", en="The file is empty."), _EXPORT_AGAIN, code="scan.empty")


def too_many_bytes(size_bytes: int, most_bytes: int) -> ScanError:
    return ScanError(
        Text(
            ko=f"파일이 너무 큽니다({size_bytes / 1e6:.0f} MB, 최대 {most_bytes / 1e6:.0f} MB).",
            en=f"The file is too large ({size_bytes / 1e6:.0f} MB, at most {most_bytes / 1e6:.0f} MB).",
        ),
        Text(ko="한 번의 검색 영상만 담아 다시 내보내십시오.", en="Export one scan a file."),
        code="scan.too_many_bytes",
        size_bytes=size_bytes,
        most_bytes=most_bytes,
    )


def unknown_format(looks: str = "") -> ScanError:
    return ScanError(
        Text(
            ko=f"X-ray 파일로 알아볼 수 없습니다{f'({looks})' if looks else ''}.",
            en=f"This is not an X-ray file that is known here{f' ({looks})' if looks else ''}.",
        ),
        Text(
            ko="DICOS, DICOM, 16비트 TIFF·PNG, 장비 XML을 올리십시오. "
            "raw 파일에는 같은 이름의 .json 설명 파일이 필요합니다.",
            en="Use DICOS, DICOM, 16-bit TIFF or PNG, or the machine's XML. A raw file needs a .json file of its name.",
        ),
        code="scan.unknown_format",
    )


def damaged(where: Text) -> ScanError:
    """`where`: a clause, what does not fit."""
    return ScanError(
        Text(ko=f"파일이 손상되었습니다: {where.ko}.", en=f"The file is damaged: {where.en}."),
        _EXPORT_AGAIN,
        code="scan.damaged",
        detail=where.en,
    )


def pixels_missing(said: int, there: int) -> ScanError:
    """In bytes or values, as the file counts them."""
    return ScanError(
        Text(
            ko=f"화소가 모자라거나 남습니다(파일 설명 {said:,}, 실제 {there:,}).",
            en=f"Pixels are missing or left over (the file says {said:,}, there are {there:,}).",
        ),
        _EXPORT_AGAIN,
        code="scan.pixels_missing",
        said=said,
        there=there,
    )


def no_pixels() -> ScanError:
    return ScanError(
        Text(ko="영상 파일인데 화소가 없습니다.", en="The file should hold an image and has no pixels."),
        _EXPORT_AGAIN,
        code="scan.no_pixels",
    )


def shape_disagrees(said: str, there: str) -> ScanError:
    return ScanError(
        Text(
            ko=f"영상 크기가 서로 다르게 적혀 있습니다({said} 와 {there}).",
            en=f"The file gives two sizes of its image ({said} and {there}).",
        ),
        _EXPORT_AGAIN,
        code="scan.shape_disagrees",
    )


def disagrees(what: Text) -> ScanError:
    """`what`: a clause, which two statements of the file contradict each other."""
    return ScanError(
        Text(ko=f"파일의 설명이 서로 맞지 않습니다: {what.ko}.", en=f"The file contradicts itself: {what.en}."),
        _EXPORT_AGAIN,
        code="scan.disagrees",
        detail=what.en,
    )


def checksum() -> ScanError:
    return ScanError(
        Text(
            ko="파일에 적힌 검사값과 내용이 다릅니다. 내용이 바뀌었습니다.",
            en="The content does not give the check sum that stands beside it: it was changed.",
        ),
        _EXPORT_AGAIN,
        code="scan.checksum",
    )


def too_many_pixels(pixels: int, most: int) -> ScanError:
    return ScanError(
        Text(
            ko=f"화소가 너무 많습니다({pixels / 1e6:,.0f} 메가픽셀, 최대 {most / 1e6:,.0f}).",
            en=f"There are too many pixels (megapixels: {pixels / 1e6:,.0f}, at most {most / 1e6:,.0f}).",
        ),
        Text(ko="한 번의 검색 영상만 담아 다시 내보내십시오.", en="Export one scan a file, please."),
        code="scan.too_many_pixels",
        pixels=pixels,
        most=most,
    )


def too_deep(most: int) -> ScanError:
    return ScanError(
        Text(
            ko=f"파일 안의 묶음이 {most}겹보다 깊어 읽지 않았습니다.",
            en=f"The file nests its parts deeper than {most} levels, so it was not read.",
        ),
        _EXPORT_AGAIN,
        code="scan.too_deep",
        most=most,
    )


def too_costly() -> ScanError:
    return ScanError(
        Text(
            ko="이 파일을 여는 데 너무 많은 시간이나 메모리가 들거나 여는 프로그램이 중단되어 열지 않았습니다.",
            en="Opening this file takes too much time or memory, or ended the program that opened it; it was not read.",
        ),
        _EXPORT_AGAIN,
        code="scan.too_costly",
    )


def unsupported(what: Text) -> ScanError:
    """`what`: a noun with its value."""
    return ScanError(
        Text(ko=f"이 형식은 읽지 않습니다: {what.ko}.", en=f"This form is not read: {what.en}."),
        _OTHER_FORM,
        code="scan.unsupported",
        detail=what.en,
    )


def lossy(syntax: str) -> ScanError:
    return ScanError(
        Text(
            ko=f"손실 압축된 화소는 측정값이 아니어서 읽지 않습니다({syntax}).",
            en=f"Pixels of a lossy compression are no measurement and are not read ({syntax}).",
        ),
        Text(ko="무손실로 다시 내보내십시오.", en="Export it again without loss."),
        code="scan.lossy",
    )


def sidecar_missing() -> ScanError:
    return ScanError(
        Text(
            ko="raw 파일의 크기와 비트를 설명하는 .json 파일이 없습니다.",
            en="The raw file lacks the .json file that says its size and bits.",
        ),
        Text(
            ko="같은 이름의 .json 파일을 함께 올리십시오. 항목은 문서 'X-ray 파일 형식'에 있습니다.",
            en="Give the .json file of the same name too; its entries stand in the document on X-ray formats.",
        ),
        code="scan.sidecar_missing",
    )


def sidecar_wrong(where: Text) -> ScanError:
    return ScanError(
        Text(ko=f".json 설명 파일을 읽을 수 없습니다: {where.ko}.", en=f"The .json file cannot be used: {where.en}."),
        Text(ko=".json 파일을 고쳐 다시 올리십시오.", en="Correct the .json file and upload it again."),
        code="scan.sidecar_wrong",
        detail=where.en,
    )


def energies_disagree(why: Text) -> ScanError:
    return ScanError(
        Text(
            ko=f"한 영상의 두 에너지로 묶을 수 없습니다: {why.ko}.",
            en=f"These files are not two energies of one scan: {why.en}.",
        ),
        Text(
            ko="같은 검색의 저에너지·고에너지 파일을 함께 고르십시오.",
            en="Choose the low and the high file of the same scan.",
        ),
        code="scan.energies_disagree",
    )


def threats_missing(said: int, there: int) -> ScanError:
    return ScanError(
        Text(
            ko=f"보고서에 적힌 물체 수({said})보다 실제 기록({there})이 적습니다.",
            en=f"The report says so many objects: {said}, and holds: {there}.",
        ),
        _EXPORT_AGAIN,
        code="scan.threats_missing",
        said=said,
        there=there,
    )


def not_writable(kind: str, form: str) -> ScanError:
    return ScanError(
        Text(
            ko=f"이 종류({kind})는 {form}(으)로 손실 없이 쓸 수 없습니다.",
            en=f"This kind ({kind}) cannot be written as {form} without loss.",
        ),
        Text(ko="다른 형식을 고르십시오: dicos, tiff.", en="Choose another form: dicos, tiff."),
        code="scan.not_writable",
    )


def unequal_after_writing(form: str) -> ScanError:
    return ScanError(
        Text(
            ko=f"{form}(으)로 쓴 뒤 다시 읽은 내용이 달라 저장하지 않았습니다.",
            en=f"Written as {form} and read again, the scan differed; nothing was kept.",
        ),
        Text(
            ko="원본은 그대로입니다. 원본 파일을 운영자에게 전달하십시오.",
            en="The original is untouched. Give it to the operator.",
        ),
        code="scan.unequal_after_writing",
    )


def remark(code: str, ko: str, en: str) -> ScanRemark:
    return ScanRemark(code=code, text=Text(ko=ko, en=en))
