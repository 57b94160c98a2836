"""A small toolkit that knows aiohttp and no noun."""
