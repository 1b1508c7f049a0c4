"""The public views: each asks the law, none touches a row."""
