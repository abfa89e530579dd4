"""Veterans look at what was made: articles before use, pictures blind and mixed, what is taken out of use."""
