"""
The justification on paper: frozen facts in, bytes out.

Annexes 1 and 2, the sworn statement, the explained décompte, the list of pieces, the receipt and
the package. Nothing here reads a database, a clock or the law: every amount is given, so that what
is printed is what was decided.
"""
