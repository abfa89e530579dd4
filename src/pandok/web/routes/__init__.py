"""Addresses by area; pandok.web.urls joins them."""
