"""Parametric articles: three-dimensional goods of many families, rendered as sheets, sketches and photographs."""
