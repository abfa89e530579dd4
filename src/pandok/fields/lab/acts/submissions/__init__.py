"""Submissions: a zip from a stranger becomes a model as data with its sheet, or a list of reasons why not."""
