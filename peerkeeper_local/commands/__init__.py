"""The commands of the local cloud, a noun a file: options and exit codes. What they do has folders."""
