"""OpenStreetMap extracts into road networks."""

from geodata.extract.build import network_of_extract
from geodata.extract.folder import Ready, prepared_network

__all__ = ["Ready", "network_of_extract", "prepared_network"]
