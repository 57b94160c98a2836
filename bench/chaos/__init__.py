"""`python -m bench.chaos`: real processes under fire, and a checker that believes only the provider and the database."""
