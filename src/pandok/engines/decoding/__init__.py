"""What strangers send is parsed in processes of their own, with bounds on memory and time.

A duty is a function of the bytes, `(data, **options) -> (header, parts)`: `header` goes as JSON, `parts` as bytes. It
is named by its place in this package's code and imported by the process that does it.
"""
