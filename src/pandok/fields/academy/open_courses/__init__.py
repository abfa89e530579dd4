"""Open courses: notebooks on public data that end in a submission to the lab."""
