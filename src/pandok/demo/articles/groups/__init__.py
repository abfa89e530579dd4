"""Goods by kind: each file ends with `GROUPS`, the goods groups it offers; `grips` is shared by several."""
