"""Addresses of the deliveries that need a person."""

from __future__ import annotations

from django.urls import path

from pandok.common.web.views import deliveries

urlpatterns = [
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<uuid:delivery_id>/", deliveries.settle_delivery, name="settle_delivery"),
]
