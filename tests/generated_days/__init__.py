"""Small random days with every rule switched on and off: planned by every engine, re-planned under random events."""
