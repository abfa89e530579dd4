"""What SensorThings reads of the records of poles."""
