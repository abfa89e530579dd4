"""Pages of right holders, importers and appraisers: what they were told, what they answer, what they explain."""
