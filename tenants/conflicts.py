"""Telling a refused write in the noun's own words."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from tenants.context import Context, Verb
from tenants.db import Duplicate
from tenants.problems import Conflict

P = ParamSpec("P")
T = TypeVar("T")


def duplicates_as(problem: type[Conflict]) -> Callable[[Verb[P, T]], Verb[P, T]]:
    """Put above `@atomic`: a duplicate ends the transaction, so only outside of it can it become `problem`."""

    def decorate(verb: Verb[P, T]) -> Verb[P, T]:
        @functools.wraps(verb)
        async def translated(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return await verb(ctx, *args, **kwargs)
            except Duplicate as taken:
                raise problem from taken

        return translated

    return decorate
