"""How well a person reads: ability and criterion from their answers, which item next, what a course changed."""
