"""The fault simulator: the real functions on a simulated cloud that fails in every way. See README.md."""
