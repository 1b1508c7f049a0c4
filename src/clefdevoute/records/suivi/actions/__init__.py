"""Every write of the individual file, one module per matter."""
