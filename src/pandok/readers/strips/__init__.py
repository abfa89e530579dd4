"""Lateral-flow strips: from a photograph to lines and what they mean under the assay's rule."""
