"""Every setting, declared once with its sentence. `pandok settings` prints value and origin."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once at start from `PANDOK_…` environment variables or a `pandok.env` file; frozen afterwards."""

    model_config = SettingsConfigDict(env_prefix="PANDOK_", env_file="pandok.env", extra="ignore", frozen=True)

    home: Path = Field(
        default=Path("pandok-home"), description="Folder that holds database, files and index of this site."
    )
    store: str = Field(
        default="", description="Database address. Empty: SQLite in the home folder. postgresql://user@host/name moves."
    )
    index: str = Field(
        default="faiss", description="Vector index: faiss, exact, or the address of a Milvus server (or .db file)."
    )
    encoder: str = Field(default="pandok-design", description="Model card name of the encoder, or path of a card.json.")
    threads: int = Field(default=2, ge=1, le=256, description="Processor threads for encoding and search.")
    servers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processes that answer pages and API side by side; one a core where many work at once. Each counts "
        "its own calls of the API, holds its own live screens and takes some 400 MB.",
    )
    language: str = Field(default="ko", pattern="^(ko|en)$", description="Language where the reader has not chosen.")
    shared: Path = Field(default=Path("../shared"), description="Folder with test data; tests skip without it.")
    secret_key: str = Field(
        default="", description="Secret for sessions and forms. Empty: one is made and kept in the home folder."
    )
    debug: bool = Field(default=False, description="Show technical details in pages. Never on a real site.")
    allowed_hosts: str = Field(default="127.0.0.1,localhost,[::1]", description="Host names served, comma separated.")
    https: bool = Field(
        default=False, description="The site is reached over HTTPS: secure cookies, HSTS and redirect are turned on."
    )
    trusted_proxies: str = Field(
        default="",
        description="Proxies before this site, as addresses or networks with commas between. They say who the client "
        "is and whether it came over HTTPS. Empty: this machine where `https` is on, else nobody.",
    )
    proxy_hops: int = Field(
        default=1, ge=1, le=10, description="Most trusted proxies in a row, for example 2 behind a load balancer."
    )
    max_upload_mb: int = Field(default=25, ge=1, le=500, description="Largest photograph accepted, in megabytes.")
    max_megapixels: int = Field(default=64, ge=1, le=500, description="Largest photograph accepted, in megapixels.")
    mail: str = Field(
        default="",
        description="Mail server: smtp://user:password@host:587?tls=starttls. Empty: mail is kept as files.",
    )
    mail_from: str = Field(default="pandok@localhost", description="Sender of all mail of this site.")
    address: str = Field(
        default="http://127.0.0.1:8000",
        pattern="^https?://[^ ]+$",
        description="Address at which people reach the desk, for links in notices.",
    )
    notice_attach_pdf: bool = Field(
        default=False, description="Attach the PDF of a notice to its mail. Off: the mail only links to the page."
    )
    webhook_allow: str = Field(
        default="",
        description="Addresses (http://10.0.0.5:9000, comma separated) that webhooks may reach in a private network.",
    )
    worker: str = Field(
        default="embedded",
        pattern="^(embedded|separate)$",
        description="Background work: embedded (beside `pandok serve`) or separate (started as `pandok worker`).",
    )
    worker_lease_s: int = Field(
        default=60, ge=2, le=3600, description="Seconds after which work of a silent worker goes to another."
    )
    two_step: str = Field(
        default="staff",
        pattern="^(staff|off)$",
        description="Second step of signing in: `staff` (everybody but holders, importers and appraisers), or `off`.",
    )
    api_rate_per_minute: int = Field(
        default=600, ge=1, le=1_000_000, description="Calls of the API that one token may make in a minute."
    )
    contact: str = Field(
        default="",
        max_length=300,
        description="Who helps with signing in, shown on the sign-in page: an office and its telephone number.",
    )
    agency: str = Field(
        default="",
        max_length=300,
        description="Name, address and telephone number of the agency, at the foot of every page.",
    )
    privacy_officer: str = Field(
        default="",
        max_length=300,
        description="Who answers for personal data (개인정보 보호책임자): office, name, telephone.",
    )
    idle_minutes: int = Field(
        default=60, ge=5, le=600, description="A session that was not used for so many minutes ends."
    )
    office_terms: str = Field(
        default="{}",
        description="Days of the terms that the office sets for itself, as JSON: "
        '`{"answer_review": 2, "suspension_decision": 3}`. Terms of the law are not changed here.',
    )
    site_name: str = Field(
        default="Pandok", min_length=1, max_length=200, description="Name of this site in its registrations and proofs."
    )
    lab_proof_days: int = Field(
        default=365, ge=1, le=3650, description="Days after which a proof of the lab has to be made again."
    )
    oidc_issuer: str = Field(
        default="", description="Address of the identity provider (OpenID Connect). Empty: accounts of this site only."
    )
    oidc_client_id: str = Field(default="", description="Name of this site at the identity provider.")
    oidc_client_secret: str = Field(default="", description="Secret of this site at the identity provider.")
    oidc_scopes: str = Field(
        default="",
        description="What is asked of the identity provider, as `openid profile groups`. Empty: openid and profile, "
        "and the scope called as the role claim where the provider offers it.",
    )
    oidc_role_claim: str = Field(
        default="groups",
        description="Claim that holds a person's groups, in the ID token or at the userinfo endpoint; "
        "`realm_access.roles` reaches into a nested one.",
    )
    oidc_role_map: str = Field(
        default="{}",
        description='Group to role, as JSON: `{"customs-officers": "officer"}`. Other groups give nothing.',
    )

    vault_key: str = Field(
        default="",
        description="File of the vault's site key, best on another disk. Empty: keys/vault.key in the home folder.",
    )
    ledger_key: str = Field(
        default="",
        description="File of the key for looking records up after deletion. Empty: keys/ledger.key in the home folder.",
    )
    vault_upload_mb: int = Field(
        default=64, ge=1, le=1000, description="Largest deposit sent through the page, in megabytes; kept in memory."
    )
    face_model: str = Field(
        default="", description="YuNet model file (ONNX) for finding faces. Empty: the frontal finder of scikit-image."
    )
    bulk: str = Field(
        default="local",
        pattern="^(local|ray(:[^ ]+)?)$",
        description="Where sealed cases run and large registers are described: local, ray, or ray:<address> of a"
        " cluster. The outputs are the same.",
    )
    run_lanes: int = Field(default=1, ge=1, le=256, description="Sandboxes that work on one run side by side.")
    run_case_s: float = Field(default=10, gt=0, le=3600, description="Most seconds that a model may take for a case.")
    run_minutes: float = Field(
        default=240, gt=0, le=10080, description="Most minutes that all cases of a run may take."
    )
    run_memory_mb: int = Field(default=4096, ge=256, le=1_000_000, description="Most memory of a model, in megabytes.")

    sandbox_cgroup: str = Field(
        default="",
        description="Group of the kernel (cgroup v2) that was handed over to this site and bounds the memory of"
        " models: `own` for that of the systemd service (Delegate=yes), or a folder below /sys/fs/cgroup. Empty: their"
        " address space is bounded.",
    )

    xray_reader: str = Field(
        default="pandok-xray",
        description="Reader program whose places are shown beside X-ray scans (`pandok models list`). Another than the"
        " shipped one must have been accepted in the lab. Empty: none.",
    )
    xray_upload_mb: int = Field(
        default=120,
        ge=1,
        le=400,
        description="Largest scan that a browser or a program may send, all its files together, MB.",
    )
    xray_without_help: float = Field(
        default=0.2, ge=0, le=1, description="Share of X-ray scans that are read without help, drawn beforehand."
    )
    xray_opened_by_draw: float = Field(
        default=0.005, ge=0, le=1, description="Share of X-ray inspections that are opened although they were cleared."
    )
    xray_opening_hours: int = Field(
        default=24, ge=1, le=720, description="Hours within which what an X-ray reader stopped is to be opened."
    )
    xray_remind_hours: int = Field(
        default=4, ge=0, le=168, description="Hours before the end of that term at which opening officers are reminded."
    )

    street_broker: str = Field(
        default="",
        description="MQTT broker of streetlights: mqtts://user:password@host:8883?ca=FILE&certificate=FILE&key=FILE."
        " Empty: no messages of poles are taken.",
    )
    street_warning_mail: str = Field(
        default="",
        max_length=2000,
        description="Mail addresses that are told when residents are warned, with commas between: the office that hands"
        " the text to the emergency text service.",
    )
    street_lateness_s: float = Field(
        default=0,
        ge=0,
        le=86_400,
        description="By how many seconds a reading may be older than one that its pole numbered before it; alerts wait"
        " as long. 0: a pole numbers in the order of time.",
    )
    street_repairs: str = Field(
        default="",
        max_length=200,
        description="Readers of streetlights whose faults order their repair by themselves, with commas between:"
        " lamp-outage, lamp-day-burner, lamp-flicker, leakage, tilt-subsidence, feeder-outage, not-heard,"
        " device-health. Empty: people order.",
    )

    @field_validator("home")
    @classmethod
    def _whole_path(cls, value: Path) -> Path:
        return value.resolve()

    @field_validator("oidc_role_map")
    @classmethod
    def _groups_to_roles(cls, value: str) -> str:
        try:
            parsed = json.loads(value)
        except json.JSONDecodeError as error:
            raise ValueError("not JSON") from error
        if not isinstance(parsed, dict) or not all(isinstance(role, str) for role in parsed.values()):
            raise ValueError('must look like {"group": "role"}')
        return value

    @field_validator("office_terms")
    @classmethod
    def _terms_in_days(cls, value: str) -> str:
        try:
            parsed = json.loads(value)
        except json.JSONDecodeError as error:
            raise ValueError("not JSON") from error
        if not isinstance(parsed, dict) or not all(type(days) is int and 1 <= days <= 365 for days in parsed.values()):
            raise ValueError('must look like {"answer_review": 3}, each 1 to 365 days')
        return value

    @field_validator("street_repairs")
    @classmethod
    def _readers_of_faults(cls, value: str) -> str:
        if unknown := sorted(set(_with_commas(value)) - REPAIRED_READERS):
            raise ValueError(f"no such reader, or none of a fault: {', '.join(unknown)}")
        return value

    @property
    def repair_readers(self) -> frozenset[str]:
        """Whose faults order their repair by themselves."""
        return frozenset(_with_commas(self.street_repairs))

    @property
    def idle_limit(self) -> timedelta:
        """Time after which a session that was not used ends."""
        return timedelta(minutes=self.idle_minutes)

    def own_terms(self) -> dict[str, int]:
        """Days of the office's own terms, by the name of the term."""
        terms: dict[str, int] = json.loads(self.office_terms)
        return terms


REPAIRED_READERS = frozenset(
    {"lamp-outage", "lamp-day-burner", "lamp-flicker", "leakage", "tilt-subsidence", "feeder-outage", "not-heard",
     "device-health"}
)  # fmt: skip
"""As in pandok.fields.street.work_states, which settings do not know; a test compares them."""


def _with_commas(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]


_settings: Settings | None = None


def settings() -> Settings:
    """The settings of this process, read at the first call; the same object at every call."""
    global _settings
    if _settings is None:
        _settings = Settings()
    return _settings
