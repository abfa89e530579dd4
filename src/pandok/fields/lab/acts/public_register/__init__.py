"""The public register: what the lab does with whose data on which ground, and what left; drawn from the ledger."""

from pandok.fields.lab.acts.public_register.drawing import PublicRegister, draw_register

__all__ = ["PublicRegister", "draw_register"]
