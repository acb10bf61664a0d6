"""Long studies: `make bench` and `make soak`."""
