"""Sockets of this process, fed from the tenants' durable feeds."""


class Realtime:
    def __init__(self, *_: object) -> None:
        pass

    def attach(self) -> None:
        pass
