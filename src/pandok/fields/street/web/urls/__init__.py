"""Addresses of streetlights."""

from __future__ import annotations

from django.urls import path

from pandok.fields.street.web.views import alerts, commands, figures, live, messages, outside_records, poles, replays

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
    path("street/figures/", figures.show, name="street_figures"),
    path("street/figures/alerts.<slug:form>", figures.take_out, name="street_take_out"),
    path("street/records/", outside_records.records, name="street_records"),
    path("street/records/enter/", outside_records.enter, name="street_record"),
    path("street/records/table/", outside_records.send_table, name="street_record_table"),
    path("street/records/<int:record_id>/withdraw/", outside_records.withdraw, name="street_record_withdraw"),
]
