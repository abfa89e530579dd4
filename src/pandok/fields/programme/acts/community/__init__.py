"""Questions, answers, corrections and notices: what people say in public."""
