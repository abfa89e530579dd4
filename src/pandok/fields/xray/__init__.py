"""X-ray: scans of parcels, bags and containers on one physical scale, read by people, opened, and learnt from."""
