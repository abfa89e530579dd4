"""Addresses of streetlights."""

from __future__ import annotations

from django.urls import path, re_path

from pandok.fields.street.web.views import (
    alerts,
    commands,
    district_map,
    figures,
    live,
    messages,
    outside_records,
    poles,
    replays,
    sensorthings,
    silences,
    trials,
    warnings,
)

urlpatterns = [
    path("street/", alerts.now, name="street_now"),
    path("street/live/", live.live, name="street_live"),
    path("street/alerts/<slug:alert_id>/", alerts.show, name="street_alert"),
    path("street/alerts/<slug:alert_id>/live/", live.live_readings, name="street_alert_live"),
    path("street/alerts/<slug:alert_id>/decide/", alerts.decide, name="street_decide"),
    path("street/poles/", poles.list_poles, name="street_poles"),
    path("street/poles/<slug:key>/messages/", messages.take_messages, name="street_messages"),
    path("street/poles/<slug:key>/", commands.show, name="street_pole"),
    path("street/poles/<slug:key>/order/", commands.order, name="street_order"),
    path("street/commands/<uuid:command_id>/decide/", commands.decide, name="street_command_decide"),
    path("street/replays/", replays.list_replays, name="street_replays"),
    path("street/alerts/<slug:alert_id>/warn/", warnings.write, name="street_warn"),
    path("street/warnings/", warnings.list_warnings, name="street_warnings"),
    path("street/warnings/<uuid:warning_id>/", warnings.show, name="street_warning"),
    path("street/warnings/<uuid:warning_id>/decide/", warnings.decide, name="street_warning_decide"),
    re_path(
        r"^street/warnings/(?P<warning_id>[0-9a-f-]{36})/(?P<form>[a-z]+-1\.[12])\.xml$",
        warnings.document,
        name="street_cap",
    ),
    path("street/trials/", trials.public, name="street_trials"),
    path("street/trials/keep/", trials.keep, name="street_trials_kept"),
    path("street/trials/<int:number>/conclude/", trials.conclude, name="street_trial_conclude"),
    path("street/map/", district_map.show, name="street_map"),
    path("street/map/boundaries.json", district_map.outlines, name="street_boundaries"),
    path("street/map/tiles/<int:zoom>/<int:column>/<int:row>.mvt", district_map.one_tile, name="street_tile"),
    path("street/silences/", silences.list_silences, name="street_silences"),
    path("street/silences/begin/", silences.begin_silence, name="street_silence"),
    path("street/silences/maintenance/", silences.maintenance, name="street_maintenance"),
    path("street/silences/<int:number>/end/", silences.end_one, name="street_silence_end"),
    re_path(r"^street/sensorthings/v1\.1(?P<rest>/.*)?$", sensorthings.answer, name="street_sensorthings"),
    path("street/figures/", figures.show, name="street_figures"),
    path("street/figures/alerts.<slug:form>", figures.take_out, name="street_take_out"),
    path("street/records/", outside_records.records, name="street_records"),
    path("street/records/enter/", outside_records.enter, name="street_record"),
    path("street/records/table/", outside_records.send_table, name="street_record_table"),
    path("street/records/<int:record_id>/withdraw/", outside_records.withdraw, name="street_record_withdraw"),
]
