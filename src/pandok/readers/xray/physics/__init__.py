"""From counts to materials: calibration, attenuation, basis densities, and one scale for all machines."""
