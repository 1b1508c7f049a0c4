"""The only machinery of the law: dated parameters, explained answers, rounding, errors."""
