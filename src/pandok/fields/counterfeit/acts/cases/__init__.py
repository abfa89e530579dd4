"""Use cases of a case: opened from a reading, moved along its states, timed by the law."""
