"""Matter of law: the transfer of personal data to the Forem, allowed or not."""
