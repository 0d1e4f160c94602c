"""Where settings come from: the hub that is deployed, a samconfig.toml, the command line, or defaults."""
