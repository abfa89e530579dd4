"""A reader program reads each scan once, before people do where it can."""
