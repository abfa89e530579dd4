"""What every hazard reader of a pole shares: order, levels, several sensors, saved state, alerts with a reason."""
