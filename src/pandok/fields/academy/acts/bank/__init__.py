"""The bank of pictures: what is computed for it, and how a picture is kept."""
