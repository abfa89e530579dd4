"""May clock and audit chain be believed? Asked before anything ends or is destroyed because its time has come."""
