"""Outcomes come back: closed cases as labelled pairs, and figures of the reader and the desk."""
