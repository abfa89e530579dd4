"""The simple models of the packs of the regions' fields: fitted on public cases alone, the same by the same cases."""
