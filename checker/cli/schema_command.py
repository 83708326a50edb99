"""``csready schema``: the JSON Schema of report.json."""


def schema() -> None:
    """Print the JSON Schema (2020-12) of report.json.

    \b
    csready schema > report.schema.json
    """
    from importlib.resources import files

    print(files("checker.model").joinpath("report.schema.json").read_text(encoding="utf-8"), end="")
