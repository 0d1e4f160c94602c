"""What general checkers say of the templates, and what of it we do not follow and why: `make check`."""
