"""The law as data files, one a version; see pandok.fields.counterfeit.law.law_versions."""
