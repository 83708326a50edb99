"""The syntax tree of a PowerShell script: which commands it names, how it calls them, and what its tables hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

_LANGUAGE = Language(tree_sitter_powershell.language())


@dataclass(frozen=True)
class Command:
    """``operator``: ``&`` or ``.``, and ``name`` is then the expression that is called.

    ``loose``: arguments that follow no parameter and are no splatted variable.
    """

    operator: str
    name: str
    loose: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)


def parsed(script: bytes) -> Node:
    return Parser(_LANGUAGE).parse(script).root_node


def text(node: Node | None) -> str:
    return (node.text or b"").decode() if node else ""


def every(node: Node, *kinds: str) -> Iterator[Node]:
    """The nodes of these kinds, at any depth, in the order of the text."""
    if node.type in kinds:
        yield node
    for child in node.children:
        yield from every(child, *kinds)


def child(node: Node, kind: str) -> Node | None:
    return next((each for each in node.children if each.type == kind), None)


def commands(root: Node) -> Iterator[Command]:
    for node in every(root, "command"):
        named = child(node, "command_name") or child(node, "command_name_expr")
        loose: list[str] = []
        parameters: dict[str, str] = {}
        before = ""
        elements = child(node, "command_elements")
        for element in elements.named_children if elements else ():
            if element.type == "command_parameter":
                before = text(element)
                parameters[before] = ""
            elif element.type != "command_argument_sep":
                if before:
                    parameters[before] = text(element)
                elif not text(element).startswith("@"):
                    loose.append(text(element))
                before = ""
        yield Command(text(child(node, "command_invokation_operator")), text(named), tuple(loose), parameters)


def functions(root: Node) -> frozenset[str]:
    return frozenset(text(child(node, "function_name")) for node in every(root, "function_statement"))


def assigned(root: Node, variable: str) -> list[Node]:
    """What is assigned to it, alone or among others, or to a member of it."""
    found = []
    for node in every(root, "assignment_expression"):
        if variable.casefold() in {text(each).casefold() for each in every(node.children[0], "variable")}:
            found.append(node.children[-1])
    return found


def loops(root: Node) -> list[tuple[str, str]]:
    """Each ``foreach``: its variable, without case, and what it runs over."""
    found = []
    for node in every(root, "foreach_statement"):
        variable, over = [each for each in node.named_children if each.type in ("variable", "pipeline")]
        found.append((text(variable).casefold(), text(over)))
    return found


def variables(root: Node) -> set[str]:
    """Every variable, in texts with expansion too, without case; splatted ones with their ``$``."""
    return {text(node).casefold().replace("@", "$") for node in every(root, "variable", "braced_variable")}


def declared(root: Node) -> set[str]:
    """Variables that a parameter, a loop or an assignment makes."""
    found = {text(child(node, "variable")) for node in every(root, "script_parameter")}
    found |= {variable for variable, _ in loops(root)}
    for node in every(root, "left_assignment_expression"):
        found |= {text(each) for each in every(node, "variable")}
    return {name.casefold() for name in found}


def entries(hashtable: Node) -> dict[str, Node]:
    """Of a literal ``@{...}``: the value of each key."""
    body = child(hashtable, "hash_literal_body")
    found = {}
    for entry in body.named_children if body else ():
        if entry.type == "hash_entry":
            key, *_, value = (each for each in entry.named_children if each.type != "empty_statement")
            found[text(key).strip("'\"")] = value
    return found


def hashtables(node: Node) -> Iterator[Node]:
    """The outermost literals ``@{...}`` in it."""
    if node.type == "hash_literal_expression":
        yield node
        return
    for each in node.children:
        yield from hashtables(each)


def strings(node: Node) -> tuple[str, ...]:
    """The literals without expansion in it."""
    return tuple(text(each)[1:-1] for each in every(node, "verbatim_string_characters"))
