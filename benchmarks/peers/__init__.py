"""Side-by-side runs of other solvers on our problems, judged by one referee: ``python -m benchmarks.peers``."""
