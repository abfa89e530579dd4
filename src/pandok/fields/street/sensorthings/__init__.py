"""OGC SensorThings 1.1 as values: its entities, addresses, query options and filter language. No records."""
