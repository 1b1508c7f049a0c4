"""What the dashboard and its hypothesis show: answers of the law on recorded facts, laid out for a page."""
