"""Work that takes long, carried out durably: an order survives the death of whoever works on it."""
