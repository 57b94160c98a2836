"""The silence detector: what should be heard and is not.

Of a tenant's numbers one module a cause, each with `look(ctx, silence)`; `tenants.py` looks at them all, in the clock.
Of the house `processes.py` judges, in each web process (`house.py`), so that a dead clock is noticed too.
"""
