"""Where a KPI's rows come from: what the desks recorded, as it was known at a moment."""
