"""Adapters that compute or remember: sessions, indexes, blobs. Each is a small protocol with a written promise."""
