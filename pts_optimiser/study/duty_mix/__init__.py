"""The mix of duties: how many of which vehicle type, crew, base, start and length hold the service at least cost."""
