"""The steps by which a store of any age becomes one of today, run by `storage.migrate`."""
