"""Problems as packs: read, checked, brought in, registered, opened."""
