"""`peerkeeper map`: who peers with whom as a picture. From values to one HTML page, or to Mermaid.

    rows, vpcs, coverage -> picture() -> Picture -> html() or mermaid() -> write_private()

Everything but the file is pure: the same estate gives the same bytes.
"""
