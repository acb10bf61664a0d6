"""What all routes have in common: problems, bodies, idempotency, tags, pages, ids, headers."""
