"""The programme desk: problems of the field, agreements on what shall be better, and what came of them."""
