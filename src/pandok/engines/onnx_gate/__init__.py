"""The gate for foreign models: a model is data, checked as such before any runtime sees it."""
