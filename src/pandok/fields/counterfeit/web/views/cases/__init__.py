"""Pages of customs: work lists, the case, its parties and papers, and the administration of parties and sites."""
