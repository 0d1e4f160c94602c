"""What goes wrong on the way to a function or a served cloud. Values only: importing this costs nothing."""


class InvocationError(Exception):
    """The event is none, no function of the template takes it, or no served cloud answers."""
