"""One or more requests for every route behind the door, and for every event of a socket, of each dialect there is: what a
stranger may try, and what the owner is given.

The tables are data: a route, an event or a dialect without its rows fails the build until someone has thought about it.
"""

import pkgutil
from importlib import import_module

from server import dialects
from tests.asks.wire import Wire

# A new dialect is met here by an import that fails: give it a module of its name.
WIRES: dict[str, Wire] = {
    found.name: import_module(f"tests.asks.{found.name}").WIRE
    for found in pkgutil.iter_modules(dialects.__path__)
}
