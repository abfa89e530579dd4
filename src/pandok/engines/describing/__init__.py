"""Many registered views, decoded and described: in this process, in several, or spread by Ray. Same vectors."""
