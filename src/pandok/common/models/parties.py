"""Who a case concerns besides customs: holders, importers, associations; and the sites where goods are opened."""

from __future__ import annotations

from django.conf import settings
from django.db import models

LANGUAGES = [("ko", "한국어"), ("en", "English")]


class Site(models.Model):
    """A customs house, an express centre, a mail centre."""

    code = models.CharField(max_length=20, unique=True)
    name_ko = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    head_ko = models.CharField(max_length=100, blank=True, default="")
    head_en = models.CharField(max_length=100, blank=True, default="")
    """In whose name notices are sent (인천공항세관장); empty: the name of the site with its head."""
    department_ko = models.CharField(max_length=100, blank=True, default="")
    department_en = models.CharField(max_length=100, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    """Department and telephone that parties are given."""

    class Meta:
        db_table = "desk_site"

    def __str__(self) -> str:
        return self.code


class SiteMember(models.Model):
    """Where an officer or supervisor works."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="site_membership")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="members")

    class Meta:
        db_table = "desk_sitemember"

    def __str__(self) -> str:
        return f"{self.account} {self.site}"


class Party(models.Model):
    """A right holder, an importer, an association that appraises, or a company that hands in models, with the address
    for notices."""

    HOLDER, IMPORTER, ASSOCIATION, COMPANY = "holder", "importer", "association", "company"
    KINDS = [(HOLDER, HOLDER), (IMPORTER, IMPORTER), (ASSOCIATION, ASSOCIATION), (COMPANY, COMPANY)]

    kind = models.CharField(max_length=12, choices=KINDS, db_index=True)
    name = models.CharField(max_length=300, db_index=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="ko")
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "desk_party"

    def __str__(self) -> str:
        return self.name


class PartyMember(models.Model):
    """A person who acts for a party."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="party_memberships")

    class Meta:
        db_table = "desk_partymember"
        constraints = [models.UniqueConstraint(fields=["party", "account"], name="one_membership_each")]

    def __str__(self) -> str:
        return f"{self.account} @ {self.party}"
