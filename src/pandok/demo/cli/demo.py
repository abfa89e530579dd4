"""`pandok demo`: a demonstration register, a few sample photographs read with evidence, then the desk."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import typer

from pandok.cli.terminal import console, language, progress, say, start_django
from pandok.core.text import Text, counted
from pandok.fields.designs.cli.command_desk import open_desk

if TYPE_CHECKING:
    from pandok.fields.designs.open_desk import Desk

SEED = 2
DESIGNS = 80
PHOTOGRAPHS_READ = 4
REGISTER_FOLDER = "demonstration"
STAMP = "demonstration-imported"


def demo(
    serve: bool = typer.Option(True, "--serve/--no-serve", help="읽은 뒤 화면을 엽니다 · Serve the desk afterwards."),
    port: int = typer.Option(8000, min=1, max=65535, help="포트 · Port to listen on."),
) -> None:
    """시연: 등록부를 만들고 사진을 읽습니다 · Demonstration: make a register and read sample photographs."""
    _without_second_step()
    from pandok.settings import settings

    start_django()
    home = settings().home
    folder = home / REGISTER_FOLDER
    _heading(Text(ko="1. 시연용 등록부", en="1. The demonstration register"))
    if not (folder / "register.csv").exists():
        _generate(folder)
    if not (home / STAMP).exists():
        from pandok.fields.designs.cli.importing import import_with_progress, print_report

        print_report(import_with_progress(folder))
    desk = open_desk()
    with progress(Text(ko="도면 색인", en="Indexing views")) as moved:
        desk.index(moved)
    (home / STAMP).touch()
    _heading(Text(ko="2. 견본 사진 읽기", en="2. Reading sample photographs"))
    for number, path in enumerate(_sample_photographs(folder)):
        _read_one(desk, path, home / f"evidence-{number + 1}.png", draw_here=number == 0)
    _heading(
        Text(ko="3. 실증랩: 봉인된 과제, 모델 제출, 판정", en="3. The proving lab: sealed data, models, a verdict")
    )
    _prepare_lab(home)
    _heading(Text(ko="4. 사건: 촬영에서 종결까지", en="4. Cases: from the photograph to the end"))
    _lead_cases(desk, folder)
    _heading(Text(ko="5. X-ray: 판독을 기다리는 계산 영상", en="5. X-ray: computed scans that wait to be read"))
    _bring_scans(home)
    _heading(Text(ko="6. 스마트 가로등: 폭풍의 밤 (모의)", en="6. Smart streetlights: a night in a storm (simulated)"))
    _lead_storm()
    _heading(Text(ko="7. 아카데미: 계산 영상으로 판독 학습", en="7. The academy: training on computed pictures"))
    _open_academy()
    _heading(
        Text(ko="8. 실증사업: 문제에서 확인서까지 (모의)", en="8. A programme, problem to certificate (simulated)")
    )
    _lead_programme(home)
    _heading(Text(ko="9. 화면", en="9. The desk"))
    _print_accounts()
    if not serve:
        console().print(say(Text(ko="화면을 열려면: make demo", en="To open the desk: make demo")), style="bold")
        return
    console().print(f"http://127.0.0.1:{port}/  (Ctrl+C)", style="bold")
    from pandok.core.listeners import join
    from pandok.demo.scans_opened import open_those_before
    from pandok.fields.xray.acts.inspection_moves import AFTER_EVENT
    from pandok.web.serve import serve as serve_web

    join(AFTER_EVENT, open_those_before)
    serve_web("127.0.0.1", port)


def _without_second_step() -> None:
    """The passwords of the demonstration are printed: a second step would protect nothing and stop who looks.

    Holds for this process only, and only where the operator said nothing else.
    """
    import os

    from pandok.cli.settings_command import is_chosen

    if not is_chosen("two_step"):
        os.environ["PANDOK_TWO_STEP"] = "off"


def _heading(text: Text) -> None:
    console().print()
    console().rule(say(text), align="left")


def _generate(folder: Path) -> None:
    """Write the register beside its place and rename it, so that an interrupted run starts afresh."""
    import shutil

    from pandok.demo.articles.demonstration import write_demonstration

    unfinished = folder.with_name(folder.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    with progress(Text(ko="디자인 생성", en="Making designs")) as moved:
        write_demonstration(unfinished, SEED, designs=DESIGNS, progress=moved)
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def _sample_photographs(folder: Path) -> list[Path]:
    """A few query photographs, spread over the list; one whose design is not in the register is among them."""
    from pandok.fields.designs.evaluation.folder import load_folder

    queries = load_folder(folder).queries
    inside = [query for query in queries if query.design_ids]
    outside = [query for query in queries if not query.design_ids]
    step = max(1, len(inside) // PHOTOGRAPHS_READ)
    chosen = inside[::step][: PHOTOGRAPHS_READ - bool(outside)] + outside[:1]
    return [folder / query.path for query in chosen]


def _read_one(desk: Desk, path: Path, evidence_path: Path, *, draw_here: bool) -> None:
    from pandok.fields.designs.cli.filters import search_filters
    from pandok.fields.designs.cli.picture import half_blocks
    from pandok.fields.designs.cli.show_reading import print_reading
    from pandok.fields.designs.cli.write_evidence import evidence_picture, save_png

    screen = console()
    screen.print()
    screen.print(path.name, style="bold")
    data = path.read_bytes()
    reading = desk.read([data], top=5, filters=search_filters([], in_force=True, recorded=False))
    print_reading(reading, screen, language())
    picture = evidence_picture([data], reading, language())
    if picture is None:
        return
    save_png(picture, evidence_path)
    if draw_here and screen.is_terminal:
        screen.print(half_blocks(picture, min(96, max(20, screen.width - 2))))
    screen.print(say(Text(ko=f"근거 그림: {evidence_path}", en=f"Picture of the evidence: {evidence_path}")))


def _prepare_lab(home: Path) -> None:
    from django.utils import timezone

    from pandok.common.people.accounts import ensure_demo_accounts
    from pandok.demo.lab import prepare_lab

    ensure_demo_accounts(timezone.now())
    prepare_lab(home)


def _lead_cases(desk: Desk, folder: Path) -> None:
    from django.utils import timezone

    from pandok.common.people.accounts import ensure_demo_accounts
    from pandok.demo.cases import DemoDesk, ensure_demo_cases
    from pandok.demo.parties import ensure_demo_parties
    from pandok.fields.counterfeit.acts.notices.office import open_office
    from pandok.fields.designs.evaluation.folder import load_folder
    from pandok.settings import settings

    ensure_demo_accounts(timezone.now())
    ensure_demo_parties(timezone.now())
    office = open_office(settings(), settings().home)
    for number, state in ensure_demo_cases(DemoDesk(folder, desk, office, timezone.now), load_folder(folder).queries):
        console().print(f"{number}  {say(state.words)}")


def _bring_scans(home: Path) -> None:
    from django.utils import timezone

    from pandok.common import house
    from pandok.common.models import Site
    from pandok.demo.containers_to_read import EMPTIES, ensure_demo_containers
    from pandok.demo.makers_folder import ensure_makers_folder
    from pandok.demo.parties import SITE
    from pandok.demo.scans_of_past import ensure_demo_past
    from pandok.demo.scans_to_read import ensure_demo_scans
    from pandok.fields.xray.similar_index import indexes_at

    now, site, blobs = timezone.now(), Site.objects.filter(code=SITE[0]).first(), house.blobs()
    with progress(Text(ko="영상 계산", en="Computing scans")) as moved:
        added = ensure_demo_scans(blobs=blobs, home=home, site=site, now=now, progress=moved)
    with progress(Text(ko="컨테이너 계산", en="Computing containers")) as moved:
        containers = ensure_demo_containers(blobs=blobs, home=home, site=site, now=now, progress=moved)
    past = ensure_demo_past(indexes_at(home))
    said = Text(
        ko=f"계산 영상 {added}건(그 가운데 어제 판독한 것 {past}건)과 컨테이너 {containers}건을 더했습니다. "
        f"컨테이너는 빈 컨테이너 {EMPTIES}대의 계산 영상과 비교했습니다. 실제 물품이 아니며 산란이 없습니다.",
        en=f"{counted(added, 'computed scan')} added, {past:,} of them read yesterday, and "
        f"{counted(containers, 'container')}, compared with {EMPTIES} computed empty ones: no real goods, and without "
        "scatter.",
    )
    console().print(say(said))
    folder = ensure_makers_folder(home)
    told = Text(
        ko="다섯 제조사의 파일을 하나의 표준으로 바꾸려면:", en="To turn the files of five makers into one standard:"
    )
    console().print(say(told))
    command = f"pandok xray convert {folder} --into {home / 'one-standard'} --to standard --air 60000"
    console().print(command, style="bold", soft_wrap=True, markup=False, highlight=False)


def _lead_storm() -> None:
    from django.utils import timezone

    from pandok.common import house
    from pandok.demo.storm.night import ensure_demo_storm
    from pandok.fields.street.acts.keeping_history import history_folder
    from pandok.fields.street.hazards_of_site import hazards_of_site
    from pandok.fields.street.readers_in_words import reader_words
    from pandok.settings import settings

    history = history_folder(settings().home)
    for alert in ensure_demo_storm(
        now=timezone.now(), blobs=house.blobs(), hazards=hazards_of_site, history=history, clock=perf_counter
    ):
        where = alert.pole.key if alert.pole else alert.feeder
        console().print(f"{where}  {say(reader_words(alert.reader))}  {say(alert.stands.words)}")
    told = Text(
        ko="물이 지하차도에 차고, 등이 스스로 빨간색이 되고, 관제실이 확인하고, 훈련 문자를 보내고, 종결합니다. 재생"
        " 실험은 다른 판독기였다면 어땠을지를, 실증 공개 화면은 무엇이 입증되고 되지 않았는지를 말합니다.",
        en="Water rises at an underpass, the lamp turns red by itself, the room confirms and warns in an exercise. A"
        " replay says what another reader would have done; the public page of trials, what was proven and what not.",
    )
    console().print(say(told))


def _open_academy() -> None:
    from django.utils import timezone

    from pandok.common import house
    from pandok.common.people.accounts import ensure_demo_accounts
    from pandok.demo.academy import ensure_demo_academy
    from pandok.demo.parties import ensure_demo_parties

    ensure_demo_accounts(timezone.now())
    ensure_demo_parties(timezone.now())
    with progress(Text(ko="학습 영상 만들기", en="Making pictures")) as moved:
        added = ensure_demo_academy(blobs=house.blobs(), clock=timezone.now, progress=moved)
    said = Text(
        ko=f"학습 영상 {added}장을 더했습니다. 교육생은 20분 동안 학습하고, 교관은 오늘 적발한 물품으로 내일의 학습을 "
        "만듭니다.",
        en=f"{counted(added, 'picture')} added. A trainee trains for twenty minutes; the trainer turns today's seizure "
        "into tomorrow's lesson.",
    )
    console().print(say(said))


def _lead_programme(home: Path) -> None:
    from django.urls import reverse
    from django.utils import timezone

    from pandok.common.people.accounts import ensure_demo_accounts
    from pandok.demo.programme import ensure_demo_programme
    from pandok.engines.proof_pack.site_key import site_signing_key
    from pandok.fields.programme.certificate_states import CertificateKind
    from pandok.settings import settings

    chosen = settings()
    ensure_demo_accounts(timezone.now())
    found = ensure_demo_programme(
        now=timezone.now(),
        key=site_signing_key(home),
        issuer=chosen.agency,
        check_at=f"{chosen.address.rstrip('/')}{reverse('verify_certificate')}",
    )
    screen = console()
    screen.print(f"{found.agreement.number}  {found.agreement.title}", markup=False)
    kind = say(CertificateKind(found.certificate.kind).words)
    screen.print(f"{found.certificate.number}  {kind}  {found.certificate.code}", markup=False)
    told = Text(
        ko="문제를 지금의 수치와 함께 등록하고, 성과지표를 서명해 잠그고, 폭풍의 밤 기록으로 계산하고, 입증되지 않은"
        " 것도 확인서로 냅니다. 확인서는 누구나 진위를 확인합니다.",
        en="A problem with today's number, KPIs locked by signatures, computed from the records of the storm, and a"
        " certificate also of what was not proven, which anybody checks.",
    )
    screen.print(say(told))


def _print_accounts() -> None:
    from django.utils import timezone
    from rich.table import Table

    from pandok.common.people.accounts import ensure_demo_accounts
    from pandok.demo.parties import ensure_demo_parties
    from pandok.settings import settings

    table = Table(
        say(Text(ko="역할", en="role")), say(Text(ko="사용자", en="user")), say(Text(ko="비밀번호", en="password"))
    )
    now = timezone.now()
    for role, user, password in ensure_demo_accounts(now):
        table.add_row(say(role.title), user, password)
    ensure_demo_parties(now)
    console().print(table)
    if settings().two_step == "off":
        console().print(
            say(
                Text(
                    ko="이 시연에서는 2단계 인증을 껐습니다(PANDOK_TWO_STEP=off). 실제 운영에서는 직원에게 필수입니다.",
                    en="This demonstration runs without the second step of signing in (PANDOK_TWO_STEP=off); "
                    "a real site asks staff for it.",
                )
            )
        )
