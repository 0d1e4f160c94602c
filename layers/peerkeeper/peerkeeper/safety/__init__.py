"""The last word before a write: who may make which change, the guard, the brake. Pure."""
