"""Closed cases of the desk as lessons: made by one, released by another, answered by trainees."""
