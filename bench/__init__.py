"""Measures the house beside its peers and bounds, in one run, on real stores: `python -m bench [--short] [NAME …]`."""
