"""Django's SQLite, whose writers take turns (a database backend: `ENGINE` names this package)."""
