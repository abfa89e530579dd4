"""What parties do in a case they were told of: the holder answers, the importer is heard, the appraiser appraises."""
