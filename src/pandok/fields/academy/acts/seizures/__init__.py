"""From seizure to lesson: a find cut out of its scan, put into other bags, sent to review."""
