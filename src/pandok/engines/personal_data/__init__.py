"""Personal data in words and tables, found by rules that are stated: by form, by check digit, by a heading."""
