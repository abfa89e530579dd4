"""Accounts of people and programs: invitations, passwords, two-step sign-in, sessions, tokens and their scopes."""
