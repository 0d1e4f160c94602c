"""What a maintainer does to release: give the version, package the templates, check that all is ready."""
