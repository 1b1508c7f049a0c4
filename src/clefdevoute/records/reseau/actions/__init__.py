"""Every write of the network, one module per matter."""
