"""The law as data files, one a version; see pandok.desk.cases.law."""
