"""Benchmarks: `make bench` measures the desk against named peers and limits in the same run."""
