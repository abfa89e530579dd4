"""One company, one budget: who an organisation is, what its runs cost it, and what it is told of them, and when."""
