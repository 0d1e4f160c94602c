"""The plan: what would be done, what is blocked, what needs consent; as text, JSON, Markdown, Terraform."""
