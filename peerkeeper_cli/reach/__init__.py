"""Would traffic reach? What a user names, what is read for it, and the answer of the judge, hop by hop."""
