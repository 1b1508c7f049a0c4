"""Matter of law: the target group, TD and TGD, as assessed at engagement."""
