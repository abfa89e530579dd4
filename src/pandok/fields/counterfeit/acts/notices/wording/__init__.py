"""The words of notices as data files, one a version; a notice keeps the version it was worded with."""
