"""Certificates of trials: drafted by one person, issued by another, withdrawn in view of everybody by two."""
