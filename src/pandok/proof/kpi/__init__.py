"""Key performance indicators: a small language in which they are declared, and their value from recorded rows.

A formula is read (`grammar`), held against the columns of its source (`columns`), and computed (`value_of`); it cannot
run code, reach a file or ask for the time, so that the same rows give the same value on every later day.
"""
