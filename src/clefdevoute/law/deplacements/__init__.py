"""Matter of law: travel of the social support worker, kilometre rates and tickets."""
