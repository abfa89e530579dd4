"""Files of scanners: bytes to a `Scan` and back. Each reader is a function of the bytes; nothing is opened here.

Silent corruption is the enemy: lengths, rows, columns, bits, frames and check sums must agree, or the file is refused.
"""
