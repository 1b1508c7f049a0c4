"""Middle floor: what happened, to whom, with which proof. Django models and every write."""
