"""What a reader program says of a scan: places to look at, each with class, score and reason; and whether the goods
look as they were declared."""
