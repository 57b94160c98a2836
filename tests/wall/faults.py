"""The wall with one brick taken out: every way to forget the tenant that the source of the scoped store offers.

Generated from the syntax tree, so that what is added to the store is tried too, or `unwatched` names it.
"""

import ast
import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

Replacement = ast.AST | None
Rule = Callable[[ast.AST], Iterator[tuple[str, Replacement]]]

# What leads to the driver; and what a call of the driver's must be given instead of the caller's own words.
DOORS = {"_collection", "_bucket", "_database", "_files"}
_SCOPING = {"_within": "dict({} or {{}})", "_stamped": "dict({})", "_key": "{}"}
_CHECKS = {"checked_update", "checked_pipeline"}
_OWNER = {"tenant_id", "_tenant_id"}


class Fault(NamedTuple):
    """`place` is the function it is in."""

    place: str
    what: str
    tree: ast.Module


def faults_in(source: str, *rules: Rule) -> Iterator[Fault]:
    """The module with one fault, for each fault that the rules find."""
    for number in itertools.count():
        taking = _Taking(rules, number)
        tree = ast.parse(source)
        taking.visit(tree)
        if not taking.what:
            return
        yield Fault(taking.place, taking.what, ast.fix_missing_locations(tree))


class _Taking(ast.NodeTransformer):
    """Applies the fault of this number, and no other."""

    def __init__(self, rules: tuple[Rule, ...], number: int) -> None:
        self._rules, self._left = rules, number
        self._inside: list[str] = []
        self.place = self.what = ""

    def visit(self, node: ast.AST) -> ast.AST | None:
        for rule in self._rules if not self.what else ():
            for what, replacement in rule(node):
                if self._left == 0:
                    self.place, self.what = ".".join(self._inside), what
                    self._left -= 1
                    return replacement
                self._left -= 1
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            return self.generic_visit(node)
        self._inside.append(node.name)
        visited = self.generic_visit(node)
        self._inside.pop()
        return visited


def unscoped_calls(node: ast.AST) -> Iterator[tuple[str, Replacement]]:
    """`self._within(filter)` becomes the filter, `checked_update(update)` the update."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name), args=[asked]) if name in _SCOPING:
            yield f"without {name}", _expression(_SCOPING[name].format(ast.unparse(asked)))
        case ast.Call(func=ast.Name(id=name), args=[asked]) if name in _CHECKS:
            yield f"without {name}", asked


def dropped_tenants(node: ast.AST) -> Iterator[tuple[str, Replacement]]:
    """The tenant is left out of a document, a key or a path, or may be overruled by what is asked."""
    match node:
        case ast.Dict(keys=keys, values=values) if place := _tenant_in(keys):
            at = place - 1
            rest = ast.Dict([*keys[:at], *keys[at + 1 :]], [*values[:at], *values[at + 1 :]])
            yield f"without tenant_id: {ast.unparse(node)}", rest
            if None in keys:
                first = ast.Dict([keys[at], *rest.keys], [values[at], *rest.values])
                yield f"tenant_id may be overruled: {ast.unparse(node)}", first
        case ast.JoinedStr(values=parts) if any(map(_names_owner, parts)):
            rest_of_it = [part for part in parts if not _names_owner(part)]
            yield f"without tenant: {ast.unparse(node)}", ast.JoinedStr(rest_of_it)
        case ast.Tuple(elts=parts, ctx=ast.Load()) if any(map(_names_owner, parts)):
            kept = [part for part in parts if not _names_owner(part)]
            yield f"without tenant: {ast.unparse(node)}", ast.Tuple(kept, ast.Load())


def one_tenant_for_all(node: ast.AST) -> Iterator[tuple[str, Replacement]]:
    match node:
        case ast.Attribute(attr=name, ctx=ast.Load()) | ast.Name(id=name, ctx=ast.Load()) if name in _OWNER:
            yield f"everyone's: {ast.unparse(node)}", ast.Constant("everyone")


def missing_refusals(node: ast.AST) -> Iterator[tuple[str, Replacement]]:
    """`if …: raise Problem` is not there."""
    match node:
        case ast.If(body=[ast.Raise(exc=ast.Call())]):
            yield f"never: if {ast.unparse(node.test)}", ast.Pass()


def missing_parts(node: ast.AST) -> Iterator[tuple[str, Replacement]]:
    """What a refusal looks at, one thing less: an element of a set, a side of an `or`, a step, a case."""
    match node:
        case ast.Set(elts=elements) if all(isinstance(element, ast.Constant) for element in elements):
            for element in elements:
                kept = [other for other in elements if other is not element]
                yield f"not among them: {ast.unparse(element)}", ast.Set(kept)
        case ast.BoolOp(op=ast.Or(), values=sides):
            for side in sides:
                kept_sides = [other for other in sides if other is not side]
                yield f"unasked: {ast.unparse(side)}", ast.BoolOp(ast.Or(), [*kept_sides, *kept_sides])
        case ast.AugAssign() | ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield f"left out: {ast.unparse(node)}", ast.Pass()
        case ast.Subscript(value=ast.Call(func=ast.Attribute(attr="partition", value=whole))):
            yield f"whole: {ast.unparse(node)}", whole


def _tenant_in(keys: list[ast.expr | None]) -> int:
    """From 1; 0 where it is not."""
    named = [isinstance(key, ast.Constant) and key.value == "tenant_id" for key in keys]
    return named.index(True) + 1 if any(named) else 0


def _names_owner(node: ast.AST) -> bool:
    """`self._tenant_id`, or a part of an f-string that holds it."""
    held = node.value if isinstance(node, ast.FormattedValue) else node
    return isinstance(held, ast.Attribute) and held.attr in _OWNER


def _expression(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def unwatched(source: str, *rules: Rule, exempt: frozenset[str]) -> set[str]:
    """Methods that call the driver more often than there is something to take out of them. Must be nobody but `exempt`."""
    found = set()
    for owner in [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]:
        for method in owner.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                nodes = list(ast.walk(method))
                bricks = sum(1 for node in nodes for rule in rules for _ in rule(node))
                if sum(map(_calls_driver, nodes)) > bricks:
                    found.add(f"{owner.name}.{method.name}")
    return found - exempt


def _calls_driver(node: ast.AST) -> bool:
    """`self._collection.find(…)`, `self._owner._database.counters.update_one(…)`, `self._database[noun].aggregate(…)`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return any(isinstance(part, ast.Attribute) and part.attr in DOORS for part in ast.walk(node.func.value))


def missing_guards(source: str) -> Rule:
    """A verb without its `@requires(…)`, also where that has a name of its own in the module."""
    names = {"requires"} | {
        node.targets[0].id
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and _calls(node.value, "requires")
    }

    def unguarded(node: ast.AST) -> Iterator[tuple[str, Replacement]]:
        if isinstance(node, ast.AsyncFunctionDef):
            kept = [decorator for decorator in node.decorator_list if not _is_one_of(decorator, names)]
            if kept != node.decorator_list:
                node.decorator_list = kept
                yield node.name, node

    return unguarded


def _is_one_of(decorator: ast.expr, names: set[str]) -> bool:
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(named, ast.Name) and named.id in names


def _calls(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
