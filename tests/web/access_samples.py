"""Objects that the access table asks for: each function makes one that belongs to none of the asking accounts,
and returns the arguments of its URL. Rows of access_table.py name these functions.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from pandok.common.messages.webhooks import add_endpoint, ping
from pandok.common.models import ApiToken, Delivery, DeliveryState, Party, Passkey, PersonSession, WebhookEndpoint
from pandok.common.models import Site as CustomsSite
from pandok.common.people.invitations import invite
from pandok.core.declaration import Declaration
from pandok.core.lab.problem import Part
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.academy.acts.groups.keeping import make_group
from pandok.fields.academy.acts.reviewing.retiring import propose_retirement
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.models import CertificateForm, DesignAnswer, DesignLesson, GroupMember, Picture
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.acts.notices.drafting import draft
from pandok.fields.counterfeit.acts.retention.deleting import carry_out, confirm_deletion, propose_deletion
from pandok.fields.counterfeit.acts.retention.holds import place_hold
from pandok.fields.counterfeit.acts.retention.policy import current_policy
from pandok.fields.counterfeit.models import (
    Case,
    CaseDocument,
    ConfirmedView,
    DatedHoliday,
    Deletion,
    IdentificationGuide,
    Notice,
    SavedFilter,
)
from pandok.fields.designs.acts.captures import receive_capture
from pandok.fields.designs.acts.photographs import keep_photograph
from pandok.fields.designs.acts.readings import read_photographs
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.fields.lab.acts.shadow.drafting import draft_trial
from pandok.fields.lab.models import ProblemPack
from pandok.fields.programme.acts.applications.application_files import add_file
from pandok.fields.programme.models import CallApplication
from pandok.fields.register.models import Design, View, ViewOrigin
from pandok.fields.street.acts.commanding import ask_device
from pandok.fields.street.acts.outside_records import RecordSaid, enter_record
from pandok.fields.street.acts.silencing import silence
from pandok.fields.street.acts.warning import issue_warning
from pandok.fields.street.models import Pole
from pandok.fields.xray.models import Opening, ScanView
from pandok.settings import settings
from tests.fields.academy.finds import article_in_use, kept_picture, seizure_in_review
from tests.fields.academy.school import certificate_elsewhere, sitting_elsewhere
from tests.fields.academy.school import elsewhere as elsewhere_school
from tests.fields.designs.fakes import NOON, photograph
from tests.fields.lab.acts.runs.fakes import make_registration, make_run, make_submission
from tests.fields.lab.acts.shadow.trial_fixtures import protocol
from tests.fields.lab.web.proof_samples import make_acceptance, make_export, make_proof
from tests.fields.lab.web.result_samples import make_result
from tests.fields.lab.web.vault_samples import (
    make_deposit_of_another,
    make_held_document,
    make_vault_deletion,
    make_vault_grant,
)
from tests.fields.programme.bidding import PDF as BID
from tests.fields.programme.bidding import (
    assigned,
    begun,
    closes_in,
    drafted_call,
    published_call,
    submitted,
    submitted_and_closed,
    tied,
    under_review,
)
from tests.fields.programme.challenging import announced_challenge, drafted_challenge, team_of
from tests.fields.programme.data_dam import entered, published, reported
from tests.fields.programme.discussing import asked, card_of, drafted_notice, public_card_of, published_notice
from tests.fields.programme.ledger import entered_outcome
from tests.fields.programme.office import (
    accepted_problem,
    drafted,
    drafted_certificate,
    issued,
    measured,
    problem_under_review,
    signed,
)
from tests.fields.programme.on_map import booking, resource
from tests.fields.programme.spreading import answered_hand_over, handed_over, taken_hand_over
from tests.fields.street.acts.test_trials import trial_of
from tests.fields.street.bed import pole, raised
from tests.fields.street.devices import acting_pole, kept_booking, ordered_work, written_warning
from tests.fields.xray.hall import empty_elsewhere, hold_elsewhere, planned_scan_deletion
from tests.fields.xray.hall import inspection_elsewhere as elsewhere
from tests.roles import Role
from tests.world import Site

ANOTHER_OFFICER = "another officer"


def make_reading(site: Site) -> ReadingRecord:
    kept = keep_photograph(photograph(), filename="", blobs=site.blobs, max_bytes=10**7, max_megapixels=64)
    return read_photographs(
        photographs=[kept],
        filters=ReadingFilters(),
        actor=site.account(Role.OFFICER, ANOTHER_OFFICER),
        now=NOON,
        desk=site.desk,
        blobs=site.blobs,
    )


def reading_of_another(site: Site) -> dict[str, Any]:
    return {"reading_id": make_reading(site).id}


def photograph_of_another(site: Site) -> dict[str, Any]:
    return {"sha256": make_reading(site).signal.photographs.get().sha256}


def invitation(site: Site) -> dict[str, Any]:
    account = site.account(Role.OFFICER, ANOTHER_OFFICER)
    return {"token": invite(account=account, actor=None, reason="first day", now=timezone.now())}


def open_course(_site: Site) -> dict[str, Any]:
    return {"name": "drawings"}


def unknown_link(_site: Site) -> dict[str, Any]:
    return {"token": "x" * 43}


def unknown_picture(_site: Site) -> dict[str, Any]:
    return {"sha256": "0" * 64}


def session_of_another(site: Site) -> dict[str, Any]:
    site.client(Role.OFFICER, ANOTHER_OFFICER).get("/account/")
    return {"session_id": PersonSession.objects.get(account__username=ANOTHER_OFFICER).id}


def passkey_of_another(site: Site) -> dict[str, Any]:
    passkey = Passkey.objects.create(
        account=site.account(Role.OFFICER, "another"),
        title="phone",
        credential_id="AAAA",
        public_key="AAAA",
        counter=0,
        host="localhost",
        is_synchronised=False,
        added_at=NOON,
    )
    return {"passkey_id": passkey.id}


def account_of_another(site: Site) -> dict[str, Any]:
    return {"account_id": site.account(Role.OFFICER, ANOTHER_OFFICER).pk}


def held_document_of_another(site: Site) -> dict[str, Any]:
    return {"object_id": make_held_document(site).pk}


def roles_of_another(site: Site) -> dict[str, Any]:
    return account_of_another(site) | {"change": "roles"}


def suspension_of_another(site: Site) -> dict[str, Any]:
    return account_of_another(site) | {"change": "suspend"}


def korean(_site: Site) -> dict[str, Any]:
    return {"language": "ko"}


def capture_of_another(site: Site) -> dict[str, Any]:
    kept = keep_photograph(photograph(), filename="", blobs=site.blobs, max_bytes=10**7, max_megapixels=64)
    capture, _ = receive_capture(
        capture_id=uuid4(),
        photographs=[kept],
        declaration=Declaration(),
        filters=ReadingFilters(),
        actor=site.account(Role.OFFICER, ANOTHER_OFFICER),
        now=NOON,
    )
    return {"capture_id": capture.id}


def case_of_another(site: Site) -> Case:
    return open_case(reading=make_reading(site), actor=site.account(Role.OFFICER, ANOTHER_OFFICER), now=NOON)


def open_case_of_another(site: Site) -> dict[str, Any]:
    return {"case_id": case_of_another(site).id}


def confirmed_of_another(site: Site) -> dict[str, Any]:
    arguments = open_case_of_another(site)
    case = Case.objects.get(id=arguments["case_id"])
    design = Design.objects.create(design_id=f"confirmed {case.number}")
    facts = {"name": case.number, "sha256": "c" * 64, "media_type": "image/jpeg", "width": 9, "height": 9}
    view = View.everything.create(design=design, added_at=timezone.now(), origin=ViewOrigin.CONFIRMED, **facts)
    confirmed = ConfirmedView.objects.create(
        case=case,
        photograph=case.signal.photographs.first(),
        view=view,
        sketch=bytes(256),
        confirmed_by=case.officer,
        confirmed_at=timezone.now(),
        reason="감정 결과로 확인된 물품",
    )
    return arguments | {"confirmed_id": confirmed.id}


def place_of_another(site: Site) -> dict[str, Any]:
    return open_case_of_another(site) | {"place": "importer"}


def electronic_of_another(site: Site) -> dict[str, Any]:
    return open_case_of_another(site) | {"place": "holder"}


def document_of_another(site: Site) -> dict[str, Any]:
    return paper_of_another(site)


def filter_of_another(site: Site) -> dict[str, Any]:
    account = site.account(Role.OFFICER, ANOTHER_OFFICER)
    return {"filter_id": SavedFilter.objects.create(account=account, name="mine", saved_at=NOON).id}


def party_of_another(_site: Site) -> dict[str, Any]:
    return {"party_id": another_party().id}


def facts_of_party(_site: Site) -> dict[str, Any]:
    return {"party_id": another_party().id, "change": "facts"}


def site_of_customs(_site: Site) -> dict[str, Any]:
    return {"site_id": CustomsSite.objects.create(code="ICN", name_ko="세관", name_en="customs").id}


def csv_format(_site: Site) -> dict[str, Any]:
    return {"form": "csv"}


def hold_of_another(site: Site) -> dict[str, Any]:
    administrator = site.account(Role.ADMINISTRATOR, "another administrator")
    hold = place_hold(case=case_of_another(site), actor=administrator, reason="in dispute", now=NOON)
    return {"hold_id": hold.id}


def deletion_of_another(site: Site) -> dict[str, Any]:
    """A plan that waits for its second person: the photographs of a reading without case."""
    make_reading(site)
    deletion = propose_deletion(
        actor=site.account(Role.ADMINISTRATOR, "another administrator"),
        reason="term is over",
        now=NOON + timedelta(days=100),
        policy=current_policy(NOON.date()),
        blobs=site.blobs,
    )
    return {"deletion_id": deletion.id}


def deletion_done(site: Site) -> dict[str, Any]:
    arguments = deletion_of_another(site)
    deletion, now = Deletion.objects.get(id=arguments["deletion_id"]), NOON + timedelta(days=101)
    supervisor = site.account(Role.SUPERVISOR, "another supervisor")
    policy = current_policy(NOON.date())
    confirm_deletion(deletion=deletion, actor=supervisor, reason="looked through", now=now, policy=policy)
    carry_out(deletion.id, policy=policy, blobs=site.blobs, clock=lambda: now)
    return arguments


def notice_of_another(site: Site) -> dict[str, Any]:
    case, party = case_of_another(site), another_party()
    Case.objects.filter(id=case.id).update(state="notified", holder=party)
    case.refresh_from_db()
    drafted = draft(case=case, party=party, template="holder_notice", now=NOON, address="https://pandok.example")
    notice = Notice.objects.create(
        case=case,
        party=party,
        template="holder_notice",
        template_version=drafted.content.version,
        language="ko",
        subject="통지",
        content=drafted.content.model_dump(mode="json"),
        issued_at=NOON,
        pdf_sha256=site.blobs.put(b"%PDF-1.7\n%%EOF"),
        delivery_key=f"notice of another {case.id}",
    )
    return {"notice_id": notice.id}


def notice_picture_of_another(site: Site) -> dict[str, Any]:
    arguments = notice_of_another(site)
    return arguments | {"sha256": Notice.objects.get(id=arguments["notice_id"]).content["photographs"][0]["sha256"]}


def holiday_of_the_site(_site: Site) -> dict[str, Any]:
    day = DatedHoliday.objects.create(day=NOON.date(), kind="off", name="임시공휴일", reason="공고", added_at=NOON)
    return {"holiday_id": day.pk}


def told_notice_of_another(site: Site) -> dict[str, Any]:
    arguments = notice_of_another(site)
    return arguments | {"case_id": Notice.objects.get(id=arguments["notice_id"]).case_id}


def paper_of_another(site: Site) -> dict[str, Any]:
    arguments = notice_of_another(site)
    notice = Notice.objects.get(id=arguments["notice_id"])
    document = CaseDocument.objects.create(
        case=notice.case,
        kind="other",
        filename="paper.pdf",
        media_type="application/pdf",
        size_bytes=14,
        sha256=site.blobs.put(b"%PDF-1.7\n%%EOF"),
        party=notice.party,
        uploaded_by=site.account(Role.HOLDER, "another holder"),
        uploaded_at=NOON,
    )
    return {"document_id": document.id}


def guide_of_another(site: Site) -> dict[str, Any]:
    guide = IdentificationGuide.objects.create(
        party=another_party(),
        title="guide",
        text="text",
        pictures=[site.blobs.put(photograph())],
        written_by=site.account(Role.HOLDER, "another holder"),
        written_at=NOON,
    )
    return {"guide_id": guide.id}


def guide_picture_of_another(site: Site) -> dict[str, Any]:
    arguments = guide_of_another(site)
    return arguments | {"sha256": IdentificationGuide.objects.get(id=arguments["guide_id"]).pictures[0]}


def another_party() -> Party:
    return Party.objects.create(kind=Party.HOLDER, name="another holder", email="ip@other.example", added_at=NOON)


def nowhere_of_the_api(_site: Site) -> dict[str, Any]:
    return {"rest": "v1/nowhere"}


def token_of_another(site: Site) -> dict[str, Any]:
    account = site.account(Role.OFFICER, ANOTHER_OFFICER)
    facts = {"made_at": NOON, "expires_at": timezone.now() + timedelta(days=1), "made_by": account}
    return {"token_id": ApiToken.objects.create(account=account, title="t", prefix="p", sha256="0", **facts).id}


def webhook_of_another(site: Site) -> dict[str, Any]:
    return {"webhook_id": _webhook(site).id}


def webhook_message_of_another(site: Site) -> dict[str, Any]:
    endpoint = _webhook(site)
    return {"webhook_id": endpoint.id, "delivery_id": ping(endpoint=endpoint, actor=endpoint.account, now=NOON).pk}


def _webhook(site: Site) -> WebhookEndpoint:
    account = site.account(Role.OFFICER, ANOTHER_OFFICER)
    url, events = "https://desk.example/", ["case.opened"]
    return add_endpoint(
        account=account, title="t", url=url, events=events, check=lambda _: None, actor=account, now=NOON
    )[0]


def unknown_delivery(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"delivery_id": make_unknown_delivery().id}


def make_unknown_delivery() -> Delivery:
    """A mail that may or may not have left."""
    return Delivery.objects.create(
        channel=Delivery.Channel.MAIL,
        key="notice:1",
        recipient="ip@hanbit.example",
        subject="통지",
        body_sha256="0" * 64,
        message_id="<notice-1@pandok.example>",
        state=DeliveryState.UNKNOWN,
        created_at=NOON,
    )


def shadow_trial(site: Site) -> dict[str, Any]:
    """A draft that another field owner wrote."""
    author = site.account(Role.FIELD_OWNER, "another field owner")
    return {"trial_id": draft_trial(protocol=protocol(), actor=author, now=NOON).id}


def unknown_draw(_site: Site) -> dict[str, Any]:
    return {"draw_id": uuid4()}


def unknown_reading(_site: Site) -> dict[str, Any]:
    return {"reading_id": uuid4()}


def unknown_reading_photograph(_site: Site) -> dict[str, Any]:
    return {"reading_id": uuid4(), "position": 0}


def submission_of_another(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"submission_id": make_submission(make_registration(), "another company").pk}


def run_of_the_lab(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"run_id": make_run(make_registration()).pk}


def problem_of_another(site: Site) -> dict[str, Any]:
    """A version that is registered: who may lock is told that it is too late."""
    locked = make_registration()
    facts = {
        "problem_values": locked.pack.problem_values,
        "manifest_values": locked.pack.manifest_values,
        "deposit": locked.pack.deposit,
        "project": locked.pack.project,
        "root": "1" * 64,
        "public_sha256": site.blobs.put(b"public part"),
        "public_bytes": 11,
        "owner": locked.pack.owner,
        "brought_at": NOON,
        "reason": "a test",
    }
    return {"pack_id": ProblemPack.objects.create(problem_id=locked.pack.problem_id, version=2, **facts).pk}


def deposit_of_another(site: Site) -> dict[str, Any]:
    return {"deposit_id": make_deposit_of_another(site).pk}


def grant_of_another(site: Site) -> dict[str, Any]:
    return {"grant_id": make_vault_grant(site).pk}


def vault_deletion_of_another(site: Site) -> dict[str, Any]:
    return {"deletion_id": make_vault_deletion(site).pk}


def vault_deletion_done(site: Site) -> dict[str, Any]:
    return {"deletion_id": make_vault_deletion(site, done=True).pk, "form": "json"}


def result_of_another(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"run_id": make_result().pk}


def feedback_of_another(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"run_id": make_result(Part.FEEDBACK).pk}


def proof_of_another(site: Site) -> dict[str, Any]:
    return {"proof_id": make_proof(site).id}


def acceptance_of_another(site: Site) -> dict[str, Any]:
    return {"test_id": make_acceptance(site).id}


def export_of_another(site: Site) -> dict[str, Any]:
    return {"request_id": make_export(site).id}


def export_file_of_another(site: Site) -> dict[str, Any]:
    request = make_export(site)
    return {"request_id": request.id, "file_id": request.files.get().id}


def kept_form_of_another(site: Site) -> dict[str, Any]:
    from pandok.common.people.kept_forms import keep_form

    writer = site.account(Role.OFFICER, ANOTHER_OFFICER)
    kept = keep_form(
        account=writer, path="/cases/", page="/cases/", fields=[("reason", "x")], had_files=False, now=timezone.now()
    )
    assert kept is not None
    return {"form_id": kept.id}


def registered_design(site: Site) -> dict[str, Any]:
    from pandok.fields.register.models import View

    return {"design_id": View.objects.get(sha256=site.views[0]).design.design_id}


def inspection_elsewhere(site: Site) -> dict[str, Any]:
    return {"inspection_id": elsewhere(site.blobs).pk}


def scan_view_elsewhere(site: Site) -> dict[str, Any]:
    return {"view_id": ScanView.objects.get(scan__inspection=elsewhere(site.blobs)).pk}


def acting_pole_of_site(_site: Site) -> dict[str, Any]:
    return {"key": acting_pole().key}


def device_command(site: Site) -> dict[str, Any]:
    order, officer = {"device": "siren", "sounds": True}, site.account(Role.CONTROL_ROOM, "another officer of the room")
    made = ask_device(
        acting_pole().key, order, alert_id="", hold_s=60, actor=officer, reason="지하차도 침수", now=timezone.now()
    )
    return {"command_id": made.pk}


def resident_warning(site: Site) -> dict[str, Any]:
    return {"warning_id": written_warning(site.account(Role.CONTROL_ROOM, "another officer of the room"))}


def issued_warning(site: Site) -> dict[str, Any]:
    arguments = resident_warning(site)
    officer = site.account(Role.CONTROL_ROOM, "another officer of the room")
    issue_warning(arguments["warning_id"], actor=officer, blobs=site.blobs, now=timezone.now())
    return {"warning_id": str(arguments["warning_id"]), "form": "cap-1.2"}


def outside_record(_site: Site) -> dict[str, Any]:
    said = RecordSaid("", (Pole.objects.first() or pole()).key, "flood", NOON.isoformat(), "", "119")
    return {"record_id": enter_record(said, actor=None, now=timezone.now()).pk}


def registered_trial(_site: Site) -> dict[str, Any]:
    return {"number": trial_of().pk}


def standing_booking(_site: Site) -> dict[str, Any]:
    return {"number": kept_booking()}


def made_work(_site: Site) -> dict[str, Any]:
    return {"number": ordered_work()}


def map_tile(_site: Site) -> dict[str, Any]:
    return {"zoom": 3, "column": 6, "row": 3}


def tile_of_a_moment(site: Site) -> dict[str, Any]:
    return {"second": 1_782_874_800, **map_tile(site)}


def standing_silence(_site: Site) -> dict[str, Any]:
    key, now = (Pole.objects.first() or pole()).key, timezone.now()
    until = now + timedelta(hours=1)
    one = silence(pole=key, feeder="", reader="", until=until, actor=None, reason="하수관 물청소", now=now)
    return {"number": one.pk}


def as_csv(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"form": "csv"}


def scan_hold_elsewhere(site: Site) -> dict[str, Any]:
    return {"hold_id": hold_elsewhere(site.blobs).pk}


def scan_deletion(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"deletion_id": planned_scan_deletion().pk}


def empty_container_elsewhere(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"empty_id": empty_elsewhere().pk}


def pole_key(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"key": "buk-1"}


def sensorthings_path(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"rest": "/Things"}


def raised_alert(site: Site) -> dict[str, Any]:  # noqa: ARG001
    return {"alert_id": raised().pk}


def sitting_of_another(site: Site) -> dict[str, Any]:
    return {"sitting_id": sitting_elsewhere(site.blobs).pk}


def academy_view_of_another(site: Site) -> dict[str, Any]:
    sitting = sitting_elsewhere(site.blobs)
    return {"view_id": sitting.shown.picture.views.get().pk}


def certificate_of_another(site: Site) -> dict[str, Any]:
    return {"certificate_id": certificate_elsewhere(site.blobs).pk}


def trainee_of_another(site: Site) -> dict[str, Any]:
    return {"person_id": sitting_elsewhere(site.blobs).trainee_id}


def academy_course(site: Site) -> dict[str, Any]:
    return {"course_id": elsewhere_school(site.blobs).course().pk}


def find_elsewhere(site: Site) -> dict[str, Any]:
    """Of a customs office at which none of a test's people work."""
    inspection = elsewhere(site.blobs)
    officer = site.account(Role.OPENING_OFFICER, "who opens elsewhere")
    mark = {"view": "1", "box": [2, 1, 5, 4]}
    Opening.objects.create(
        inspection=inspection, officer=officer, opened_at=NOON, found="prohibited", what="칼", marks=[mark]
    )
    return {"inspection_id": inspection.pk}


def view_of_find_elsewhere(site: Site) -> dict[str, Any]:
    return {**find_elsewhere(site), "number": 0}


def article_in_review(site: Site) -> dict[str, Any]:
    maker = site.account(Role.TRAINER, "another trainer")
    return {"article_id": seizure_in_review(maker).pk}


def preview_of_no_place(site: Site) -> dict[str, Any]:
    return {**article_in_review(site), "number": 0}


def view_of_training(site: Site) -> dict[str, Any]:
    return {"view_id": kept_picture(site.blobs, NOON, article_in_use(NOON)).views.get().pk}


def picture_of_seizure(site: Site) -> dict[str, Any]:
    article = seizure_in_review(site.account(Role.TRAINER, "another trainer"))
    return {"picture_id": kept_picture(site.blobs, NOON, article).pk}


def sealed_picture(site: Site) -> dict[str, Any]:
    article = article_in_use(NOON, set="sealed")
    return {"picture_id": kept_picture(site.blobs, NOON, article, of_set=PictureSet.SEALED).pk}


def view_of_sealed(site: Site) -> dict[str, Any]:
    article = article_in_use(NOON, set="sealed")
    return {"view_id": kept_picture(site.blobs, NOON, article, of_set=PictureSet.SEALED).views.get().pk}


def first_view(_site: Site) -> dict[str, Any]:
    return {"number": 0}


def proposed_retirement(site: Site) -> dict[str, Any]:
    picture = kept_picture(site.blobs, NOON, article_in_use(NOON))
    by = site.account(Role.TRAINER, "another trainer")
    return {"retirement_id": propose_retirement(picture_id=picture.pk, reason="오래된 영상", actor=by, now=NOON).pk}


def certificate_test(site: Site) -> dict[str, Any]:
    """Drawn at the command line; nobody has looked at it."""
    sealed = article_in_use(NOON, set=PictureSet.SEALED.value)
    picture = kept_picture(site.blobs, NOON, sealed, of_set=PictureSet.SEALED)
    course = academy_course(site)["course_id"]
    form = CertificateForm.objects.create(course_id=course, number=1, drawn_at=NOON, seed=1, pictures=[str(picture.pk)])
    return {"form_id": form.pk}


def view_of_certificate_test(site: Site) -> dict[str, Any]:
    found = certificate_test(site)
    (picture,) = CertificateForm.objects.get(pk=found["form_id"]).pictures
    return {**found, "view_id": Picture.objects.get(pk=picture).views.get().pk}


def view_of_no_article_scan(site: Site) -> dict[str, Any]:
    return {**article_in_review(site), "number": 0}


def measuring_set(site: Site) -> dict[str, Any]:
    """With a picture that was made at the command line; nobody has looked at it."""
    kept_picture(site.blobs, NOON, article_in_use(NOON, set=PictureSet.TRANSFER.value), of_set=PictureSet.TRANSFER)
    return {"set_name": PictureSet.TRANSFER.value}


def view_of_measuring_set(site: Site) -> dict[str, Any]:
    found = measuring_set(site)
    return {**found, "view_id": Picture.objects.get(set=PictureSet.TRANSFER.value).views.get().pk}


def released_case_lesson(site: Site) -> dict[str, Any]:
    case = case_of_another(site)
    made_by = site.account(Role.OFFICER, ANOTHER_OFFICER)
    designs = [one.design_id for one in View.objects.order_by("view_key")[:5]]
    lesson = DesignLesson.objects.create(
        case=case,
        photograph_sha256=case.signal.photographs.all()[0].sha256,
        choices=designs,
        answer_id=designs[0],
        state="in_use",
        state_since=NOON,
        made_at=NOON,
        made_by=made_by,
    )
    return {"lesson_id": lesson.pk}


def choice_of_case_lesson(site: Site) -> dict[str, Any]:
    return {**released_case_lesson(site), "number": 0}


def case_answer_of_another(site: Site) -> dict[str, Any]:
    lesson = released_case_lesson(site)["lesson_id"]
    trainee = site.account(Role.TRAINEE, "another trainee")
    answer = DesignAnswer.objects.create(
        lesson_id=lesson, trainee=trainee, right=False, shown_at=NOON, answered_at=NOON
    )
    return {"answer_id": answer.pk}


def photograph_of_open_case(site: Site) -> dict[str, Any]:
    return {**open_case_of_another(site), "number": 0}


def group_of_another(site: Site) -> dict[str, Any]:
    return {
        "group_id": make_group(name="다른 학습반", trainer=site.account(Role.TRAINER, "another trainer"), now=NOON).pk
    }


def member_of_another(site: Site) -> dict[str, Any]:
    found = group_of_another(site)
    trainer = site.account(Role.TRAINER, "another trainer")
    member = GroupMember.objects.create(
        group_id=found["group_id"],
        member=site.account(Role.TRAINEE, "another trainee"),
        reason="편성",
        since=NOON,
        added_by=trainer,
    )
    return {**found, "member_id": member.pk}


def field_problem(_site: Site) -> dict[str, Any]:
    return {"problem_id": problem_under_review().pk}


def public_field_problem(_site: Site) -> dict[str, Any]:
    return {"number": accepted_problem().number}


def hidden_field_problem_number(_site: Site) -> dict[str, Any]:
    return {"number": accepted_problem(publish=False).number}


def accepted_field_problem(_site: Site) -> dict[str, Any]:
    return {"problem_id": accepted_problem().pk}


def public_call(_site: Site) -> dict[str, Any]:
    return {"number": published_call().number}


def hidden_call(_site: Site) -> dict[str, Any]:
    return {"number": drafted_call().number}


def call_of_another(_site: Site) -> dict[str, Any]:
    return {"call_id": published_call().pk}


def draft_of_a_call(_site: Site) -> dict[str, Any]:
    return {"call_id": drafted_call().pk}


def public_challenge(_site: Site) -> dict[str, Any]:
    return {"number": announced_challenge().number}


def hidden_challenge(_site: Site) -> dict[str, Any]:
    return {"number": drafted_challenge().number}


def challenge_of_another(_site: Site) -> dict[str, Any]:
    return {"challenge_id": announced_challenge().pk}


def draft_of_a_challenge(_site: Site) -> dict[str, Any]:
    return {"challenge_id": drafted_challenge().pk}


def question_of_another(_site: Site) -> dict[str, Any]:
    return {"post_id": asked(announced_challenge()).pk}


def public_programme_notice(_site: Site) -> dict[str, Any]:
    return {"number": published_notice().number}


def hidden_programme_notice(_site: Site) -> dict[str, Any]:
    return {"number": drafted_notice().number}


def draft_of_a_notice(_site: Site) -> dict[str, Any]:
    return {"notice_id": drafted_notice().pk}


def public_firm(_site: Site) -> dict[str, Any]:
    return {"number": public_card_of().number}


def private_firm(_site: Site) -> dict[str, Any]:
    return {"number": card_of().number}


def card_of_a_firm(_site: Site) -> dict[str, Any]:
    return {"card_id": public_card_of().pk}


def team_of_another(_site: Site) -> dict[str, Any]:
    return {"team_id": team_of(announced_challenge()).pk}


def application_before_the_deadline(_site: Site) -> dict[str, Any]:
    made = submitted()
    closes_in(made.call, 9)
    return {"application_id": made.pk}


def application_after_the_deadline(_site: Site) -> dict[str, Any]:
    return {"application_id": submitted_and_closed().pk}


def _with_file(site: Site, days: int) -> dict[str, Any]:
    made = begun()
    who = {"actor": made.made_by, "now": made.made_at}
    file = add_file(made.pk, data=BID, filename="제안서.pdf", blobs=site.blobs, **who)
    CallApplication.objects.filter(pk=made.pk).update(state="submitted")
    closes_in(made.call, days)
    return {"application_id": made.pk, "file_id": file.pk}


def file_of_an_application(site: Site) -> dict[str, Any]:
    return _with_file(site, -1)


def file_before_the_deadline(site: Site) -> dict[str, Any]:
    return _with_file(site, 9)


def call_under_review(_site: Site) -> dict[str, Any]:
    return {"call_id": closes_in(under_review(), -1).pk}


def review_of_another(_site: Site) -> dict[str, Any]:
    return {"review_id": assigned(under_review())[0].pk}


def review_in_its_call(_site: Site) -> dict[str, Any]:
    review = assigned(under_review())[0]
    return {"call_id": review.application.call_id, "review_id": review.pk}


def tie_of_another(_site: Site) -> dict[str, Any]:
    return {"tie_id": tied().pk}


def agreement_of_another(_site: Site) -> dict[str, Any]:
    return {"agreement_id": drafted().pk}


def measurement_of_another(_site: Site) -> dict[str, Any]:
    return {"measurement_id": measured(timezone.now()).pk}


def signed_agreement_number(_site: Site) -> dict[str, Any]:
    return {"number": signed().number}


def drafted_agreement_number(_site: Site) -> dict[str, Any]:
    return {"number": drafted().number}


def term_of_another(_site: Site) -> dict[str, Any]:
    made = signed()
    return {"agreement_id": made.pk, "again_id": made.remeasurements.values_list("pk", flat=True)[0]}


def trial_certificate(_site: Site) -> dict[str, Any]:
    return {"certificate_id": issued(key=site_signing_key(settings().home), now=timezone.now()).pk}


def drafted_trial_certificate(_site: Site) -> dict[str, Any]:
    return {"certificate_id": drafted_certificate(now=timezone.now()).pk}


def outcomes_as_csv(_site: Site) -> dict[str, Any]:
    return {"form": "csv"}


def outcome_of_another(_site: Site) -> dict[str, Any]:
    return {"outcome_id": entered_outcome().pk}


def handed(_site: Site) -> dict[str, Any]:
    return {"made_id": handed_over().pk}


def taken_over(_site: Site) -> dict[str, Any]:
    return {"taken_id": taken_hand_over().pk}


def taken_over_and_answered(_site: Site) -> dict[str, Any]:
    return {"taken_id": answered_hand_over().pk}


def line_of_another(site: Site) -> dict[str, Any]:
    return agreement_of_another(site) | {"key": "no_such_line"}


def trial_resource(_site: Site) -> dict[str, Any]:
    return {"resource_id": resource().pk}


def trial_booking(_site: Site) -> dict[str, Any]:
    return {"booking_id": booking().pk}


def data_set_of_another(_site: Site) -> dict[str, Any]:
    return {"data_set_id": entered().pk}


def quality_report_of_another(_site: Site) -> dict[str, Any]:
    return {"report_id": reported().pk}


def published_data_set(_site: Site) -> dict[str, Any]:
    return {"number": published().number}


def private_data_set_number(_site: Site) -> dict[str, Any]:
    return {"number": entered().number}


def milestone_of_another(site: Site) -> dict[str, Any]:
    return agreement_of_another(site) | {"milestone_id": 1}
