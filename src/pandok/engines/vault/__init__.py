"""The vault: sealed objects that only a key opens. Destroying the key is deletion."""
