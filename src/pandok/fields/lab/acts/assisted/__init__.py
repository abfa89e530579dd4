"""Assisted trials: the same officers read the same closed cases without and with what a candidate says.

Locked: protocol, goods, order → prepared: what the model says, promised by hash → read, answer by answer → opened.
"""
