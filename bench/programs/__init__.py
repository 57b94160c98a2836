"""The other side of the wire, as processes of their own: those who send and those who listen."""
