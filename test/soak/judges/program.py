"""Says of pairs of Python files whether they parse, and whether they are the same program without docstrings.

Reads lines `before<TAB>after` (`before` may be empty) and writes `same`, `changed` or `broken <why>` for each.
"""

import ast
import sys


def bare(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                if isinstance(first.value.value, str):
                    node.body = node.body[1:]
    return ast.dump(tree)


for line in sys.stdin:
    before, after = line.rstrip("\n").split("\t")
    try:
        now = bare(after)
        print("same" if before and bare(before) == now else "changed")
    except (SyntaxError, ValueError) as error:
        print("broken", str(error).replace("\n", " "))
