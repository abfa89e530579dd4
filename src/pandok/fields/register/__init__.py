"""The register of rights: designs, views, holders, status and class history."""
