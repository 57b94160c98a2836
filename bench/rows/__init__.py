"""What is measured: a module a subject, each with `NAME` and `measure(house, size)`."""
