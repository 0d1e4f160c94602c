"""What happens in a local cloud, told to a person: `demo` and `serve` use it.

In: steps of the pump. Out: lines on a console. Decides nothing.
"""
