"""Groups of a trainer: members with a reason, courses with a day."""
