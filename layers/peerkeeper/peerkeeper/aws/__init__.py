"""The edge: the only package that imports botocore. It carries out, and never decides."""
