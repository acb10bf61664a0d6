"""Tier 0 of the travel times: what a fitted formula needs to know of motorways, trunk roads and rivers. No download."""
