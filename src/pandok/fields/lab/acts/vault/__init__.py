"""The vault: deposits under terms, sealed objects, grants, uses, deletion with a certificate."""
