"""How studies are measured: stopped and resumed, on one, two or a cluster's workers, and against longer searches."""
