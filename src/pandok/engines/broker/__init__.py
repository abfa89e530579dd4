"""Messages over a broker of MQTT."""
