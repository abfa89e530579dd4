"""Files that leave the lab: asked for, checked, voted on by two others, released, written into the register."""
