"""From a case to a model's input tensor, and from its output to an answer: only steps of the closed list."""
