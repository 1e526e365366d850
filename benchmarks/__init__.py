"""What this machine does, as ratios out of one run; printed by `make bench`.

`python -m benchmarks` runs every subject in turn. A subject starts what it compares as children,
one after the other and round after round: a machine that slows down slows all of them.
"""
