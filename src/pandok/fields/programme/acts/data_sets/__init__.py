"""Use cases of the catalogue of data sets, one idea a file."""
