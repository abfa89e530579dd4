"""Evidence: KPIs are measured by their formulas from what the desks recorded, kept, and computed again."""
