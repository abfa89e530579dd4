"""One importer per kind of source. Each reads records in the source's own strings; none knows the database."""
