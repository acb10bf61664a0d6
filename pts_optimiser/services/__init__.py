"""One function for every button that a user presses. Files in, files out; no HTTP, no terminal."""
