"""Statistics of proof: metrics, intervals, verdicts. Functions of values."""
