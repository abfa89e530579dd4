"""Photographs of goods to registered designs and marks."""
