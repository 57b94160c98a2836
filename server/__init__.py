"""The product: the desk (domain), its channels, its wire dialects and its realtime."""

__version__ = "0.1.0"
