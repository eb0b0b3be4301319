"""No tables. Django sends ``post_migrate`` only to apps with a models module, and this app is the last."""
