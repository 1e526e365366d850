"""What this machine does, as ratios out of one run; printed by `make bench`."""
