"""One function for every button of the hosted service: a store, a caller and values in, frozen objects out.

No HTTP, no jobs. They raise the errors of the store and ``InputError``.
"""
