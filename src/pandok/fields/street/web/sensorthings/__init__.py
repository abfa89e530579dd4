"""Calls of SensorThings that change something, and arrays of observations."""
