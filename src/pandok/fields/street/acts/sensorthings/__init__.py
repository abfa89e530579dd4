"""What programs create, change and take back by SensorThings, and the observations that they send."""
