"""A day played out: crews on simpy, a control room beside them, and what comes of it."""
