"""X-ray: scans of any maker's machine, their physics, and what helps a person to read them.

`scan` holds the values, `formats` makes them of a file's bytes and writes them back.
"""
