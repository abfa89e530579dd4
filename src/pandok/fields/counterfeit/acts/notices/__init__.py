"""Notices: worded from data, frozen when issued, drawn as page, mail and PDF, told to those whom they concern."""
