"""Would traffic reach? One question or a matrix of subnets, judged hop by hop. Pure.

In: `Surroundings`, two `Endpoint`s, `Traffic`. Out: `Answer`. Start with `judge`.
"""
