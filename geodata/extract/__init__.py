"""OpenStreetMap extracts into road networks."""

from geodata.extract.build import Made, network_of_extract, silent
from geodata.extract.folder import Ready, prepared_network
from geodata.extract.reading import OnProgress

__all__ = ["Made", "OnProgress", "Ready", "network_of_extract", "prepared_network", "silent"]
