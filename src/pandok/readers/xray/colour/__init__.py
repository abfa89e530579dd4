"""Colours: one standard for the screen, the same numbers for pages and programs (`standard_colours.json`)."""
