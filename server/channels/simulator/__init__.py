"""A faithful fake of WhatsApp's Cloud API in a process of its own: `serve`, or `Simulator` inside a test."""

from server.channels.simulator.serve import serve
from server.channels.simulator.simulator import Simulator

__all__ = ["Simulator", "serve"]
