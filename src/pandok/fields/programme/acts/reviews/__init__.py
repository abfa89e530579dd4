"""Reviews of applications: ties declared, assigned, scored, locked, and voided where a tie comes to be known."""
