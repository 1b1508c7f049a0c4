"""The subsidy for social support: right, advance, eligible costs, tables, balance."""
