"""The nouns of the proving lab: problems, registrations, submissions, runs, proofs. Values only."""
